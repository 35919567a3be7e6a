extension Mistake {
    /// Mistakes that examples, defaults or other values are hit by: one finding, with notes.
    static let oneError = [
        Mistake(
            "misspelt keyword beside an example", .schema,
            """
            type: object
            propertis:
              a:
                type: string
            additionalProperties: false
            example:
              a: b
            """,
            found: """
                10:7: error: a schema has no keyword 'propertis' [keyword-unknown] \
                (15:9: the example does not match its schema: 'a' is not a declared property) \
                {did you mean 'properties'?}
                """),
        Mistake(
            "misspelt name of a required property beside an example", .schema,
            """
            type: object
            required: [nmae]
            properties:
              name:
                type: string
            example:
              name: Ada
            """,
            found: """
                10:18: warning: the required property 'nmae' is not declared [required-unknown] \
                (11:7: the properties are here) \
                (15:9: the example does not match its schema: 'nmae' is missing) {did you mean 'name'?}
                """),
        Mistake(
            "type that no value of the enum has", .schema,
            """
            type: integer
            enum: [a, b]
            default: a
            example: b
            """,
            found: """
                10:14: error: the value does not match its schema: expected an integer, but found text [enum] \
                (9:13: the rule is here) \
                (10:17: the value does not match its schema: expected an integer, but found text) \
                (11:16: the default does not match its schema: expected an integer, but found text) \
                (12:16: the example does not match its schema: expected an integer, but found text)
                """),
        Mistake(
            "mistake and an example that breaks another schema", .schema,
            """
            type: object
            properties:
              a:
                type: string
                minLenght: 2
              b:
                type: string
                maxLength: 1
            example:
              a: x
              b: xy
            """,
            found: """
                13:11: error: a schema has no keyword 'minLenght' [keyword-unknown] {did you mean 'minLength'?}
                19:12: warning: the example does not match its schema: the text has 2 characters, at most 1 are \
                allowed [example-invalid] (16:22: the rule is here)
                """),
        Mistake(
            "example that lacks a member of the nearest alternative", .schema,
            """
            anyOf:
              - type: string
              - title: Cat
                type: object
                required: [lives, name]
                properties:
                  lives:
                    type: integer
                  name:
                    type: string
            example:
              name: Tom
            """,
            found: """
                20:9: warning: the example does not match its schema: no alternative of anyOf matches; the nearest \
                one, 'Cat': 'lives' is missing [example-invalid] (10:9: the rule is here)
                """),
        Mistake(
            "pointer that is a comment", .schema,
            "$ref: #/components/schemas/T",
            found: """
                9:13: error: the $ref is empty: a '#' behind a space begins a comment [ref-form] \
                {quote it: $ref: '#/components/schemas/T'}
                """),
        Mistake(
            "pointer that is a comment, of a response", .operation,
            """
            responses:
              '200':
                $ref: #/components/responses/R
            """,
            found: """
                10:17: error: the $ref is empty: a '#' behind a space begins a comment [ref-form] \
                {quote it: $ref: '#/components/responses/R'}
                """),
    ]
}
