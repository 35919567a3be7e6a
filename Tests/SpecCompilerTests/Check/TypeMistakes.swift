extension Mistake {
    /// Types and keywords of schemas.
    static let type: [Mistake] = [
        Mistake(
            "misspelt keyword", .schema,
            """
            type: string
            minLenght: 1
            """,
            found: """
                10:7: error: a schema has no keyword 'minLenght' [keyword-unknown] {did you mean 'minLength'?}
                """),
        Mistake(
            "keyword in the wrong case", .schema,
            """
            type: string
            maxlength: 9
            """,
            found: """
                10:7: error: a schema has no keyword 'maxlength' [keyword-unknown] {did you mean 'maxLength'?}
                """),
        Mistake(
            "unknown keyword", .schema,
            """
            type: string
            colour: red
            """,
            found: """
                10:7: warning: a schema has no keyword 'colour', so it has no effect [keyword-unknown]
                """),
        Mistake(
            "misspelt type", .schema,
            """
            type: strnig
            """,
            found: """
                9:13: error: the type 'strnig' does not exist [type-unknown] {did you mean 'string'?}
                """),
        Mistake(
            "type of another language", .schema,
            """
            type: map
            """,
            found: """
                9:13: error: the type 'map' does not exist [type-unknown] {the types are string, integer, number, \
                boolean, array, object, null}
                """),
        Mistake(
            "type of Swagger 2", .schema,
            """
            type: file
            """,
            found: """
                9:13: error: the type 'file' does not exist [type-unknown] {use type: string with format: binary}
                """),
        Mistake(
            "type null without quotes", .schema,
            """
            type: [string, null]
            """,
            found: """
                9:22: error: a type must be text, not null [type-unknown] {write 'null' in quotes}
                """),
        Mistake(
            "type named twice", .schema,
            """
            type: [string, string, 'null']
            """,
            found: """
                9:22: error: the type 'string' is listed twice [type-unknown] (9:14: first listed here)
                """),
        Mistake(
            "no types", .schema,
            """
            type: []
            """,
            found: """
                9:13: error: 'type' must list at least one type [value-type]
                """),
        Mistake(
            "members beside another type", .schema,
            """
            type: [string, object]
            properties:
              a:
                type: string
            """,
            found: """
                9:13: error: an object with members beside other types is not enforced yet [keyword-unsupported] \
                {write oneOf with a schema for each type}
                """),
        Mistake(
            "properties without a type", .schema,
            """
            properties:
              a:
                type: string
            """,
            found: """
                9:7: error: 'properties' is enforced only with a 'type' beside it [type-missing] {write type: object}
                """),
        Mistake(
            "parts without a type", .schema,
            """
            allOf:
              - maximum: 30
              - minimum: 20
            """,
            found: """
                10:11: error: 'maximum' is enforced only with a 'type' beside it [type-missing] {write type: integer \
                or type: number}
                11:11: error: 'minimum' is enforced only with a 'type' beside it [type-missing] {write type: integer \
                or type: number}
                """),
        Mistake(
            "required member of a closed object without members", .schema,
            """
            type: object
            additionalProperties: false
            required: [a]
            """,
            found: """
                11:18: error: the required property 'a' is not declared [required-unknown]
                """),
        Mistake(
            "alternative that no tag stands for", .schema,
            """
            oneOf:
              - type: object
                required: [kind]
                properties:
                  kind:
                    type: string
            discriminator:
              propertyName: kind
            """,
            found: """
                10:11: error: no value of the property 'kind' selects this alternative [discriminator-property] \
                (16:23: the property is named here) {give the property a const there, or put the schema into \
                components/schemas}
                """),
        Mistake(
            "list of types in 3.0", .schema30,
            """
            type: [string]
            """,
            found: """
                9:13: error: a list of types needs OpenAPI 3.1, but this document is 3.0 [keyword-edition] {write one \
                type, and nullable: true}
                """),
        Mistake(
            "type null in 3.0", .schema30,
            """
            type: 'null'
            """,
            found: """
                9:13: error: the type 'null' needs OpenAPI 3.1, but this document is 3.0 [keyword-edition] {write \
                nullable: true beside the type}
                """),
        Mistake(
            "nullable in 3.1", .schema,
            """
            type: string
            nullable: true
            """,
            found: """
                10:7: error: 'nullable' is a keyword of OpenAPI 3.0, but this document is 3.1 [keyword-edition] {write \
                the type as a list, such as type: [string, 'null']}
                """),
        Mistake(
            "const in 3.0", .schema30,
            """
            type: string
            const: a
            """,
            found: """
                10:7: error: 'const' is a keyword of OpenAPI 3.1, but this document is 3.0 [keyword-edition] {write an \
                enum of one value}
                """),
        Mistake(
            "boolean schema in 3.0", .schema30,
            """
            type: array
            items: true
            """,
            found: """
                10:14: error: a schema that is true or false needs OpenAPI 3.1, but this document is 3.0 \
                [keyword-edition] {write {} for a schema that allows everything}
                """),
        Mistake(
            "examples in 3.0", .schema30,
            """
            type: string
            examples: [a]
            """,
            found: """
                10:7: error: 'examples' is a keyword of OpenAPI 3.1, but this document is 3.0 [keyword-edition] {write \
                one 'example'}
                """),
        Mistake(
            "keyword beside $ref in 3.0", .schema30,
            """
            properties:
              a:
                $ref: '#/components/schemas/S'
                minLength: 1
                description: Words are fine.
            type: object
            """,
            found: """
                12:11: warning: 'minLength' beside a $ref has no effect [ref-neighbour] {put the $ref into an allOf \
                beside it}
                """),
        Mistake(
            "schema that is text", .schema,
            """
            type: object
            properties:
              a: string
            """,
            found: """
                11:12: error: 'a' must be a schema, not text [value-type]
                """),
        Mistake(
            "schema that allows nothing", .schema,
            """
            type: object
            properties:
              a: false
            """,
            found: """
                11:12: error: a schema that allows nothing is not enforced yet [keyword-unsupported]
                """),
        Mistake(
            "keyword with the wrong type of value", .schema,
            """
            type: string
            minLength: '1'
            maxLength: -1
            pattern: 5
            description:
            """,
            found: """
                10:18: error: 'minLength' must be an integer of at least 0, not text [value-type] {write it without \
                quotes: 1}
                11:18: error: 'maxLength' must be an integer of at least 0, not -1 [value-type]
                12:16: error: 'pattern' must be text, not an integer [value-type] {write it in quotes: '5'}
                13:19: error: 'description' must be text, not null [value-type]
                """),
        Mistake(
            "readOnly and writeOnly", .schema,
            """
            type: string
            readOnly: true
            writeOnly: true
            """,
            found: """
                11:7: error: a schema cannot be both 'readOnly' and 'writeOnly' [keyword-fit]
                """),
        Mistake(
            "extension of ours on a schema", .schema,
            """
            type: string
            x-problem-codes: [a]
            """,
            found: """
                10:7: error: 'x-problem-codes' is not allowed on a schema [extension-place] {write it on a response}
                """),
    ]
}
