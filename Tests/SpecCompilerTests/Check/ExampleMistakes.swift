extension Mistake {
    /// Examples.
    static let example: [Mistake] = [
        Mistake(
            "example that is too short", .schema,
            """
            type: string
            minLength: 2
            example: a
            """,
            found: """
                11:16: warning: the example does not match its schema: the text has 1 character, at least 2 are \
                needed [example-invalid] (10:18: the rule is here)
                """),
        Mistake(
            "example off the pattern", .schema,
            """
            type: string
            pattern: '^[a-z]+$'
            example: A1
            """,
            found: """
                11:16: warning: the example does not match its schema: the text does not match ^[a-z]+$ \
                [example-invalid] (10:16: the rule is here)
                """),
        Mistake(
            "examples one of which is wrong", .schema,
            """
            type: integer
            examples: [1, two]
            """,
            found: """
                10:21: warning: the example does not match its schema: expected an integer, but found text \
                [example-invalid] (9:13: the rule is here)
                """),
        Mistake(
            "example that is no uuid", .schema,
            """
            type: string
            format: uuid
            example: '1234'
            """,
            found: """
                11:16: warning: the example does not match its schema: this is not a UUID [example-invalid] (10:15: \
                the rule is here)
                """),
        Mistake(
            "example that is no date", .schema,
            """
            type: string
            format: date
            example: '2026-02-30'
            """,
            found: """
                11:16: warning: the example does not match its schema: this is not a date, such as 2026-11-23 \
                [example-invalid] (10:15: the rule is here)
                """),
        Mistake(
            "example that is no date-time", .schema,
            """
            type: string
            format: date-time
            example: '2026-11-23 06:02:11Z'
            """,
            found: """
                11:16: warning: the example does not match its schema: this is not a date-time, such as \
                2026-11-23T06:02:11Z [example-invalid] (10:15: the rule is here)
                """),
        Mistake(
            "example that is no email", .schema,
            """
            type: string
            format: email
            example: 'ada'
            """,
            found: """
                11:16: warning: the example does not match its schema: this is not an e-mail address \
                [example-invalid] (10:15: the rule is here)
                """),
        Mistake(
            "example that is no uri", .schema,
            """
            type: string
            format: uri
            example: '/a'
            """,
            found: """
                11:16: warning: the example does not match its schema: this is not an absolute URI [example-invalid] \
                (10:15: the rule is here)
                """),
        Mistake(
            "example that is no byte", .schema,
            """
            type: string
            format: byte
            example: 'a'
            """,
            found: """
                11:16: warning: the example does not match its schema: this is not base64 [example-invalid] (10:15: \
                the rule is here)
                """),
        Mistake(
            "example beyond int32", .schema,
            """
            type: integer
            format: int32
            example: 3000000000
            """,
            found: """
                11:16: warning: the example does not match its schema: 3000000000 does not fit int32 \
                [example-invalid] (10:15: the rule is here)
                """),
        Mistake(
            "example that is no multiple", .schema,
            """
            type: number
            multipleOf: 0.1
            example: 0.25
            """,
            found: """
                11:16: warning: the example does not match its schema: 0.25 is not a multiple of 0.1 \
                [example-invalid] (10:19: the rule is here)
                """),
        Mistake(
            "example at an exclusive bound", .schema,
            """
            type: number
            exclusiveMinimum: 0
            example: 0
            """,
            found: """
                11:16: warning: the example does not match its schema: 0 is not above 0 [example-invalid] (10:25: the \
                rule is here)
                """),
        Mistake(
            "null where it is not allowed", .schema,
            """
            type: string
            example: null
            """,
            found: """
                10:16: warning: the example does not match its schema: expected text, but found null \
                [example-invalid] (9:13: the rule is here)
                """),
        Mistake(
            "members deep inside an example", .schema,
            """
            type: object
            additionalProperties: false
            required: [a, b]
            properties:
              a:
                type: array
                items:
                  type: string
              b:
                type: string
            example:
              a: [x, 1]
              c: y
            """,
            found: """
                20:9: warning: the example does not match its schema: 'b' is missing [example-invalid] (11:21: the \
                rule is here)
                20:16: warning: the example does not match its schema: expected text, but found an integer \
                [example-invalid] (16:19: the rule is here)
                21:9: warning: the example does not match its schema: 'c' is not a declared property \
                [example-invalid] (10:29: the rule is here)
                """),
        Mistake(
            "example with a value twice", .schema,
            """
            type: array
            uniqueItems: true
            maxItems: 1
            items: {}
            example: [1, 1]
            """,
            found: """
                13:16: warning: the example does not match its schema: the list has 2 items, at most 1 are allowed \
                [example-invalid] (11:17: the rule is here)
                13:20: warning: the example does not match its schema: the item is listed twice [example-invalid] \
                (10:20: the rule is here)
                """),
        Mistake(
            "example that no alternative takes", .schema,
            """
            oneOf:
              - type: string
              - type: integer
            example: true
            """,
            found: """
                12:16: warning: the example does not match its schema: no alternative of oneOf matches; the nearest \
                one, number 1: expected text, but found a boolean [example-invalid] (10:9: the rule is here)
                """),
        Mistake(
            "example that two alternatives take", .schema,
            """
            oneOf:
              - type: integer
              - type: number
            example: 1
            """,
            found: """
                12:16: warning: the example does not match its schema: 2 alternatives of oneOf match, exactly one \
                must [example-invalid] (10:9: the rule is here)
                """),
        Mistake(
            "example of the alternative that its type names", .schema,
            """
            oneOf:
              - type: object
                required: [type, size]
                properties:
                  type:
                    type: string
                    const: box
                  size:
                    type: integer
              - type: string
            example:
              type: box
              size: big
            """,
            found: """
                21:15: warning: the example does not match its schema: expected an integer, but found text \
                [example-invalid] (17:21: the rule is here)
                """),
        Mistake(
            "example of an answer", .operation,
            """
            responses:
              '200':
                description: D
                content:
                  application/json:
                    schema:
                      type: object
                      properties:
                        n:
                          type: integer
                    example:
                      n: one
            """,
            found: """
                19:20: warning: the example does not match its schema: expected an integer, but found text \
                [example-invalid] (17:27: the rule is here)
                """),
        Mistake(
            "named example of a parameter", .operation,
            """
            parameters:
              - name: q
                in: query
                schema:
                  type: integer
                examples:
                  first:
                    value: one
            """,
            found: """
                15:22: warning: the example does not match its schema: expected an integer, but found text \
                [example-invalid] (12:19: the rule is here)
                """),
        Mistake(
            "example and examples", .operation,
            """
            parameters:
              - name: q
                in: query
                schema:
                  type: integer
                example: 1
                examples: {}
            """,
            found: """
                14:11: error: 'example' and 'examples' exclude each other [example-twice] (13:11: the other one is here)
                """),
    ]
}
