extension Mistake {
    /// Members, parts, alternatives and recursion.
    static let combination: [Mistake] = [
        Mistake(
            "required that is a flag", .schema,
            """
            type: object
            properties:
              a:
                type: string
                required: true
            """,
            found: """
                13:21: error: 'required' must be a list, not a boolean [value-type] {list the names of required \
                properties, beside 'properties'}
                """),
        Mistake(
            "bounds across an allOf", .schema,
            """
            allOf:
              - type: string
                minLength: 5
              - maxLength: 4
            """,
            found: """
                11:22: error: 'minLength' 5 is above 'maxLength' 4 [bounds] (12:22: 'maxLength' is here)
                """),
        Mistake(
            "required without a property", .schema,
            """
            type: object
            required: [emial]
            properties:
              email:
                type: string
            """,
            found: """
                10:18: warning: the required property 'emial' is not declared [required-unknown] (11:7: the \
                properties are here) {did you mean 'email'?}
                """),
        Mistake(
            "required twice", .schema,
            """
            type: object
            required: [a, a]
            properties:
              a:
                type: string
            """,
            found: """
                10:21: error: 'a' is required twice [required-twice] (10:18: first required here)
                """),
        Mistake(
            "required in a part without a property", .schema,
            """
            allOf:
              - type: object
                properties:
                  a:
                    type: string
              - required: [b]
            """,
            found: """
                14:22: warning: the required property 'b' is not declared [required-unknown] (11:11: the properties \
                are here)
                """),
        Mistake(
            "parts with no type in common", .schema,
            """
            allOf:
              - type: string
              - type: integer
            """,
            found: """
                9:7: error: the parts of this schema have no type in common [type-conflict] (10:17: this part allows \
                "string") (11:17: this part allows "integer")
                """),
        Mistake(
            "property in two parts", .schema,
            """
            allOf:
              - type: object
                properties:
                  a:
                    type: string
              - properties:
                  a:
                    type: integer
            """,
            found: """
                15:13: error: the property 'a' is also in another part of this schema, and only one is enforced yet \
                [all-of] (12:13: the other one is here)
                """),
        Mistake(
            "closed part of an allOf", .schema,
            """
            allOf:
              - type: object
                additionalProperties: false
                properties:
                  a:
                    type: string
              - properties:
                  b:
                    type: string
            """,
            found: """
                11:11: error: 'additionalProperties' covers only the properties of its own part, so it applies to 'b' \
                too [all-of] (16:13: 'b' is declared here) {declare all properties in one schema}
                """),
        Mistake(
            "properties beside oneOf", .schema,
            """
            oneOf:
              - type: string
              - type: integer
            properties: {}
            """,
            found: """
                12:7: error: 'properties' beside 'oneOf' is not enforced yet [keyword-unsupported] {write it into \
                each alternative}
                """),
        Mistake(
            "anyOf beside oneOf", .schema,
            """
            oneOf:
              - type: string
            anyOf:
              - type: string
            """,
            found: """
                11:7: error: 'anyOf' beside 'oneOf' is not enforced yet [keyword-unsupported]
                """),
        Mistake(
            "type that an alternative lacks", .schema,
            """
            type: object
            oneOf:
              - type: object
              - type: string
            """,
            found: """
                9:7: error: 'type' beside 'oneOf' is enforced only if each alternative has it [keyword-unsupported] \
                (12:11: this alternative does not have it)
                """),
        Mistake(
            "empty oneOf", .schema,
            """
            oneOf: []
            """,
            found: """
                9:14: error: 'oneOf' must list at least one schema [value-type]
                """),
        Mistake(
            "discriminator without alternatives", .schema,
            """
            type: object
            discriminator:
              propertyName: kind
            """,
            found: """
                10:7: error: 'discriminator' without 'oneOf' or 'anyOf' is not enforced yet [keyword-unsupported] \
                {list the alternatives in 'oneOf'}
                """),
        Mistake(
            "discriminator that an alternative lacks", .schema,
            """
            oneOf:
              - type: object
                properties:
                  a:
                    type: string
            discriminator:
              propertyName: kind
            """,
            found: """
                15:23: error: every alternative must require the property 'kind' [discriminator-property] (10:11: this \
                one does not)
                """),
        Mistake(
            "mapping by a bare name", .schema,
            """
            oneOf:
              - type: object
                required: [k]
                properties:
                  k:
                    type: string
                    const: a
            discriminator:
              propertyName: k
              mapping:
                a: T
            """,
            found: """
                10:11: error: no value of 'k' selects this alternative [discriminator-property] {the mapping gives \
                its values to other alternatives}
                19:14: error: the $ref refers to 'T', which is not a .yaml, .yml or .json file [ref-unknown]
                """),
        Mistake(
            "enum value twice", .schema,
            """
            type: string
            enum: [a, b, a]
            """,
            found: """
                10:20: warning: the value "a" is listed twice [enum] (10:14: first listed here)
                """),
        Mistake(
            "empty enum", .schema,
            """
            type: string
            enum: []
            """,
            found: """
                10:13: error: 'enum' must list at least one value [enum]
                """),
        Mistake(
            "schema that is a part of itself", .schema,
            """
            allOf:
              - $ref: '#/components/schemas/S'
            """,
            found: """
                9:7: error: this schema is a part of itself [recursion] (10:11: through this schema) {a schema may \
                contain itself through its properties or items, not be itself}
                """),
        Mistake(
            "schema that requires itself", .schema,
            """
            type: object
            required: [s]
            properties:
              s:
                $ref: '#/components/schemas/S'
            """,
            found: """
                9:7: error: no value can satisfy this schema: each one would have to contain another without end \
                [recursion] (13:11: it is required here) {let a property on the way be optional or null, or a list be \
                empty}
                """),
        Mistake(
            "list that holds itself", .schema,
            """
            type: array
            minItems: 1
            items:
              $ref: '#/components/schemas/S'
            """,
            found: """
                9:7: error: no value can satisfy this schema: each one would have to contain another without end \
                [recursion] (12:9: it is required here) {let a property on the way be optional or null, or a list be \
                empty}
                """),
        Mistake(
            "two schemas that require each other", .document,
            """
            components:
              schemas:
                A:
                  type: object
                  required: [b]
                  properties:
                    b:
                      $ref: '#/components/schemas/B'
                B:
                  type: object
                  required: [a]
                  properties:
                    a:
                      $ref: '#/components/schemas/A'
            """,
            found: """
                15:7: error: no value can satisfy this schema: each one would have to contain another without end \
                [recursion] (13:11: it is required here) (19:11: it is required here) {let a property on the way be \
                optional or null, or a list be empty}
                """),
        Mistake(
            "mapping to no alternative", .document,
            """
            components:
              schemas:
                A:
                  type: object
                  required: [k]
                  properties:
                    k:
                      type: string
                B:
                  oneOf:
                    - $ref: '#/components/schemas/A'
                  discriminator:
                    propertyName: k
                    mapping:
                      a: '#/components/schemas/C'
                      b: '#/components/schemas/D'
                D:
                  type: object
            """,
            found: """
                20:14: error: '#/components/schemas/C' does not exist: openapi.yaml#/components/schemas has no 'C' \
                [ref-unknown]
                21:14: error: this is not one of the alternatives [discriminator-mapping] (23:7: the schema is here)
                """),
    ]
}
