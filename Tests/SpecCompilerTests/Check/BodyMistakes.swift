extension Mistake {
    /// Bodies and limits.
    static let body: [Mistake] = [
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
                11:11: error: an answer with the status 204 has no body [responses] (9:9: the status is here)
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
                11:11: error: a body of several media types is not supported yet where one is JSON \
                [keyword-unsupported] (10:11: the JSON is here)
                """),
        Mistake(
            "body without a media type", .operation,
            """
            requestBody:
              content: {}
            """,
            found: """
                9:9: error: a request body has at least one media type [media-type]
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
                8:7: error: this operation has no body to bound [body-bound]
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
                8:25: error: 'x-body-bytes-max' is an integer from 1 on, and this is 0 [value-type]
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
                12:20: error: the operation declares no problem "wrong" [rate-limit]
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
                12:19: error: a limit counts 'tries', or answers with the problem codes of a list [rate-limit]
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
                13:17: error: 'adress' is no part of a limit's key [rate-limit] {did you mean 'address'?}
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
                13:17: error: a limit by account has no other part in its key [rate-limit] {make two limits of it}
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
                13:17: error: a limit's key takes a required text, and 'email' is none [rate-limit] (20:17: the \
                member is here)
                """),
    ]
}
