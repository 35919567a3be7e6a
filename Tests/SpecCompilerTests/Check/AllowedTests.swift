import Testing

@testable import SpecCompiler

/// Specs that the standards allow and that earlier releases refused: nothing is said about them.
@Suite struct AllowedTests {
    @Test(arguments: allowed) func takesWhatTheStandardsAllow(spec: Mistake) {
        #expect(checkFindings(spec.spec).joined(separator: "\n") == spec.found)
    }

    private static let allowed: [Mistake] = [
        Mistake(
            "no responses", .paths,
            """
            /a:
              get:
                operationId: a
            """,
            found: ""),
        Mistake(
            "fraction as the bound of an integer", .schema,
            """
            type: integer
            minimum: 0.5
            """,
            found: ""),
        Mistake(
            "bound beyond int32", .schema,
            """
            type: integer
            format: int32
            maximum: 3000000000
            """,
            found: ""),
        Mistake(
            "operationId that is no name", .operation,
            """
            operationId: 1a
            """,
            found: ""),
        Mistake(
            "operationId that is taken", .operation,
            """
            operationId: problem
            """,
            found: ""),
        Mistake(
            "parameter in a part of a segment", .paths,
            """
            /a/{x}.json: {}
            """,
            found: ""),
        Mistake(
            "fraction in a part of an integer", .schema,
            """
            allOf:
              - type: integer
              - multipleOf: 0.5
            """,
            found: ""),
        Mistake(
            "nullable without a type", .schema30,
            """
            nullable: true
            allOf:
              - type: string
            """,
            found: ""),
    ]
}
