extension Mistake {
    /// Bodies and limits.
    static let body: [Mistake] = [
        Mistake(
            "numbers that a limit cannot count to", .operation,
            """
            x-rate-limit:
              - {name: a, burst: 9223372036854775807, refill: 1000000001, counts: tries, key: [address]}
            """,
            found: """
                9:28: error: 'burst' must be an integer from 1 to 1000000000, not 9223372036854775807 [value-type]
                9:57: error: 'refill' must be an integer from 1 to 1000000000, not 1000000001 [value-type]
                """),
        Mistake(
            "body of an answer without one", .operation,
            """
            responses:
              '204':
                description: D
                content:
                  application/json: {}
            """,
            found: """
                11:11: error: a response with the status 204 cannot have a body [responses] (9:9: the status is here)
                """),
        Mistake(
            "body in JSON and another type", .operation,
            """
            requestBody:
              content:
                application/json: {}
                text/plain: {}
            """,
            found: """
                11:11: error: a body in several media types is not supported yet if one is JSON [keyword-unsupported] \
                (10:11: the JSON is here)
                """),
        Mistake(
            "body without a media type", .operation,
            """
            requestBody:
              content: {}
            """,
            found: """
                9:9: error: a request body must have at least one media type [media-type]
                """),
        Mistake(
            "encoding of a form", .operation,
            """
            requestBody:
              content:
                multipart/form-data:
                  encoding: {}
            """,
            found: """
                11:13: error: 'encoding' is not enforced yet [keyword-unsupported]
                """),
        Mistake(
            "bound without a body", .operation,
            """
            x-body-bytes-max: 9
            """,
            found: """
                8:7: error: this operation has no request body to limit [body-bound]
                """),
        Mistake(
            "bound that is zero", .operation,
            """
            x-body-bytes-max: 0
            requestBody:
              content:
                text/plain: {}
            """,
            found: """
                8:25: error: 'x-body-bytes-max' must be an integer from 1 to 1099511627776, not 0 [value-type]
                """),
        Mistake(
            "limit without its numbers", .operation,
            """
            x-rate-limit:
              - name: a
            """,
            found: """
                9:11: error: a rate limit needs 'burst' [keyword-missing]
                9:11: error: a rate limit needs 'refill' [keyword-missing]
                9:11: error: a rate limit needs 'counts' [keyword-missing]
                9:11: error: a rate limit needs 'key' [keyword-missing]
                """),
        Mistake(
            "limit with a misspelt keyword", .operation,
            """
            x-rate-limit:
              - name: a
                brust: 1
                refill: 1
                counts: tries
                key: [address]
            """,
            found: """
                10:11: error: a rate limit has no keyword 'brust' [keyword-unknown] {did you mean 'burst'?}
                """),
        Mistake(
            "limit that counts unknown codes", .operation,
            """
            x-rate-limit:
              - name: a
                burst: 1
                refill: 1
                counts: [wrong]
                key: [address]
            """,
            found: """
                12:20: error: the operation does not declare the problem "wrong" [rate-limit]
                """),
        Mistake(
            "limit that counts words", .operation,
            """
            x-rate-limit:
              - name: a
                burst: 1
                refill: 1
                counts: tires
                key: [address]
            """,
            found: """
                12:19: error: 'counts' must be 'tries' or a list of problem codes [rate-limit]
                """),
        Mistake(
            "limit by an unknown key", .operation,
            """
            x-rate-limit:
              - name: a
                burst: 1
                refill: 1
                counts: tries
                key: [adress]
            """,
            found: """
                13:17: error: 'adress' is not a valid part of a rate limit's key [rate-limit] {did you mean 'address'?}
                """),
        Mistake(
            "limit under a condition that is no parameter", .operation,
            """
            x-rate-limit:
              - name: a
                burst: 1
                refill: 1
                counts: tries
                key: [address]
                when: query.sort
            """,
            found: """
                14:17: error: 'query.sort' is not an optional query parameter of the operation [rate-limit] {write when: \
                query.<parameter>}
                """),
        Mistake(
            "limit by account and something else", .operation,
            """
            x-rate-limit:
              - name: a
                burst: 1
                refill: 1
                counts: tries
                key: [account, address]
            """,
            found: """
                13:17: error: a rate limit by account cannot have other parts in its key [rate-limit] {write two rate \
                limits}
                """),
        Mistake(
            "limit by a member that the body lacks", .operation,
            """
            x-rate-limit:
              - name: a
                burst: 1
                refill: 1
                counts: tries
                key: [body.emial]
            requestBody:
              content:
                application/json:
                  schema:
                    type: object
                    required: [email]
                    properties:
                      email:
                        type: string
            """,
            found: """
                13:17: error: the body has no member 'emial' [rate-limit] {did you mean 'email'?}
                """),
        Mistake(
            "limit by an optional member", .operation,
            """
            x-rate-limit:
              - name: a
                burst: 1
                refill: 1
                counts: tries
                key: [body.email]
            requestBody:
              content:
                application/json:
                  schema:
                    type: object
                    properties:
                      email:
                        type: string
            """,
            found: """
                13:17: error: a rate limit's key must be a required text, but 'email' is not [rate-limit] (20:17: the \
                member is here)
                """),
    ]
}
