extension Mistake {
    /// Bounds, formats, and keywords on the wrong type.
    static let bound: [Mistake] = [
        Mistake(
            "boolean exclusiveMinimum in 3.1", .schema,
            """
            type: integer
            minimum: 1
            exclusiveMinimum: true
            """,
            found: """
                11:25: error: 'exclusiveMinimum' is a number in OpenAPI 3.1, and true or false in 3.0 only \
                [keyword-edition] {write the bound itself, in place of 'minimum'}
                """),
        Mistake(
            "numeric exclusiveMinimum in 3.0", .schema30,
            """
            type: integer
            exclusiveMinimum: 1
            """,
            found: """
                10:25: error: 'exclusiveMinimum' is true or false in OpenAPI 3.0, and a number in 3.1 only \
                [keyword-edition] {write true, and the bound as 'minimum'}
                """),
        Mistake(
            "keyword that does not fit the type", .schema,
            """
            type: integer
            minLength: 1
            """,
            found: """
                10:7: warning: 'minLength' does not fit the type integer [keyword-fit] (9:13: the type is here)
                """),
        Mistake(
            "bounds without a type", .schema,
            """
            minimum: 1
            """,
            found: """
                9:7: error: 'minimum' is enforced only with a 'type' beside it [type-missing] {write \
                type: integer or type: number}
                """),
        Mistake(
            "items of an object", .schema,
            """
            type: object
            items: {}
            """,
            found: """
                10:7: warning: 'items' does not fit the type object [keyword-fit] (9:13: the type is here)
                """),
        Mistake(
            "misspelt format", .schema,
            """
            type: string
            format: datetime
            """,
            found: """
                10:15: warning: the format 'datetime' is not enforced [format-unknown] {did you mean 'date-time'?}
                """),
        Mistake(
            "unknown format", .schema,
            """
            type: string
            format: colour
            """,
            found: """
                10:15: warning: the format 'colour' is not enforced [format-unknown] {the formats are uuid, email, \
                date, date-time, uri, uri-reference, byte, binary, password, int32, int64, float, double}
                """),
        Mistake(
            "format that does not fit the type", .schema,
            """
            type: string
            format: int32
            """,
            found: """
                10:15: warning: the format 'int32' does not fit the type string [keyword-fit]
                """),
        Mistake(
            "pattern beside a typed format", .schema,
            """
            type: string
            format: uuid
            pattern: '^a'
            """,
            found: """
                11:7: error: 'pattern' beside the format 'uuid' is not enforced yet [keyword-unsupported]
                """),
        Mistake(
            "minLength above maxLength", .schema,
            """
            type: string
            maxLength: 3
            minLength: 4
            """,
            found: """
                11:18: error: 'minLength' 4 is above 'maxLength' 3 [bounds] (10:18: 'maxLength' is here)
                """),
        Mistake(
            "minItems above maxItems", .schema,
            """
            type: array
            minItems: 2
            maxItems: 1
            """,
            found: """
                10:17: error: 'minItems' 2 is above 'maxItems' 1 [bounds] (11:17: 'maxItems' is here)
                """),
        Mistake(
            "minimum above maximum", .schema,
            """
            type: number
            minimum: 1.5
            maximum: 1
            """,
            found: """
                10:16: error: 'minimum' 1.5 is above 'maximum' 1 [bounds] (11:16: 'maximum' is here)
                """),
        Mistake(
            "exclusive bounds with nothing between", .schema,
            """
            type: integer
            exclusiveMinimum: 1
            exclusiveMaximum: 2
            """,
            found: """
                10:25: error: nothing lies between 'exclusiveMinimum' 1 and 'exclusiveMaximum' 2 [bounds] (11:25: \
                'exclusiveMaximum' is here)
                """),
        Mistake(
            "exclusive minimum at the maximum", .schema,
            """
            type: number
            exclusiveMinimum: 1
            maximum: 1
            """,
            found: """
                10:25: error: nothing lies between 'exclusiveMinimum' 1 and 'maximum' 1 [bounds] (11:16: 'maximum' is \
                here)
                """),
        Mistake(
            "exclusive bounds of 3.0", .schema30,
            """
            type: integer
            minimum: 1
            exclusiveMinimum: true
            maximum: 1
            """,
            found: """
                10:16: error: nothing lies between 'minimum' 1 and 'maximum' 1 [bounds] (12:16: 'maximum' is here)
                """),
        Mistake(
            "multiple of nothing", .schema,
            """
            type: number
            multipleOf: 0
            """,
            found: """
                10:19: error: 'multipleOf' must be above 0 [bounds]
                """),
        Mistake(
            "two patterns", .schema,
            """
            type: string
            allOf:
              - pattern: a
              - pattern: b
            """,
            found: """
                12:11: error: 'pattern' is also in another part of this schema, and only one is enforced yet [all-of] \
                (11:11: the other one is here)
                """),
    ]
}
