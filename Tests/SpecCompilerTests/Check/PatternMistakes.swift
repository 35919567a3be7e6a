extension Mistake {
    /// Patterns, defaults and enums.
    static let pattern: [Mistake] = [
        Mistake(
            "back-reference", .schema,
            """
            type: string
            pattern: '^(a)\\1$'
            """,
            found: """
                10:21: error: back-references are not supported [pattern]
                """),
        Mistake(
            "look-ahead", .schema,
            """
            type: string
            pattern: ^(?=a)b$
            """,
            found: """
                10:17: error: look-ahead is not supported [pattern]
                """),
        Mistake(
            "unclosed group after quotes", .schema,
            """
            type: string
            pattern: '^it''s (a'
            """,
            found: """
                10:24: error: this group is not closed [pattern]
                """),
        Mistake(
            "class in double quotes", .schema,
            """
            type: string
            pattern: "\\\\d[z-a]"
            """,
            found: """
                10:21: error: the ends of this range are in the wrong order [pattern]
                """),
        Mistake(
            "pattern in a block", .schema,
            """
            type: string
            pattern: >-
              ^(a
            """,
            found: """
                10:16: error: this group is not closed [pattern]
                """),
        Mistake(
            "default of another type", .schema,
            """
            type: integer
            default: '1'
            """,
            found: """
                10:16: warning: the default does not match its schema: expected an integer, but found text \
                [default-invalid] (9:13: the rule is here)
                """),
        Mistake(
            "default above the maximum", .schema,
            """
            type: integer
            maximum: 9
            default: 10
            """,
            found: """
                11:16: warning: the default does not match its schema: 10 is above 9 [default-invalid] (10:16: the \
                rule is here)
                """),
        Mistake(
            "default that is not listed", .schema,
            """
            type: string
            enum: [asc, desc]
            default: down
            """,
            found: """
                11:16: warning: the default does not match its schema: "down" is not one of "asc", "desc" \
                [default-invalid] (10:13: the rule is here)
                """),
        Mistake(
            "default of a UUID", .schema,
            """
            type: string
            format: uuid
            default: 0190a6b2-7c4e-7b1a-9f3d-2f1c5e8a9b00
            """,
            found: """
                11:16: warning: the default of the format 'uuid' is not applied yet [keyword-unsupported] {document \
                it in the description, or make the value required}
                """),
        Mistake(
            "default of an object", .schema,
            """
            type: object
            default: {}
            """,
            found: """
                10:16: warning: the default of an object is not applied yet [keyword-unsupported] {document it in the \
                description, or make the value required}
                """),
        Mistake(
            "enum value of another type", .schema,
            """
            type: string
            enum: [a, 1]
            """,
            found: """
                10:17: warning: the value does not match its schema: expected text, but found an integer [enum] \
                (9:13: the rule is here)
                """),
        Mistake(
            "const that is too long", .schema,
            """
            type: string
            maxLength: 2
            const: abc
            """,
            found: """
                11:14: error: the value does not match its schema: the text has 3 characters, at most 2 are allowed \
                [enum] (10:18: the rule is here)
                """),
    ]
}
