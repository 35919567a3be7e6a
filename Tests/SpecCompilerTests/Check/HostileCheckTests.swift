import Testing

@testable import SpecCompiler

/// Specs built to slow Check down: it ends in time, however schemas share or contain each other.
@Suite struct HostileCheckTests {
    private static let head = """
        openapi: 3.1.0
        info:
          title: T
          version: '1'
        paths: {}
        components:
          schemas:

        """

    private func findings(_ schemas: String) -> [String] {
        var found: [String] = []
        #expect(endsInTime { found = checkFindings(Self.head + schemas) })
        return found
    }

    @Test func endsOnPartsThatAreSharedAtEveryLevel() {
        let levels = (0..<30).map { level in
            """
                S\(level):
                  allOf:
                    - $ref: '#/components/schemas/S\(level + 1)'
                    - $ref: '#/components/schemas/S\(level + 1)'

            """
        }
        #expect(
            findings(
                levels.joined() + "    S30: {type: string}\n    T:\n      example: 1\n"
                    + "      $ref: '#/components/schemas/S0'\n") == [
                    "130:16: warning: the example does not match its schema: expected text, but found an integer "
                        + "[example-invalid] (128:17: the rule is here)"
                ])
    }

    @Test func endsOnAlternativesThatAreSharedAtEveryLevel() {
        let levels = (0..<40).map { level in
            """
                S\(level):
                  type: object
                  required: [n]
                  properties:
                    n:
                      oneOf:
                        - $ref: '#/components/schemas/S\(level + 1)'
                        - $ref: '#/components/schemas/S\(level + 1)'

            """
        }
        #expect(findings(levels.joined() + "    S40: {type: string}\n") == [])
    }

    @Test func endsOnLongChain() {
        let links = (0..<5_000).map {
            "    S\($0): {type: object, required: [n], properties: {n: {"
                + "$ref: '#/components/schemas/S\($0 + 1)'}}}\n"
        }
        #expect(findings(links.joined() + "    S5000: {type: string}\n") == [])
    }

    @Test func findsLongCircle() {
        let links = (0..<2_000).map {
            "    S\($0): {type: object, required: [n], properties: {n: {"
                + "$ref: '#/components/schemas/S\(($0 + 1) % 2_000)'}}}\n"
        }
        let found = findings(links.joined())
        #expect(found.count == 1)
        #expect(found.first?.contains("error: no value can satisfy this schema") == true)
    }

    @Test func endsOnRecursiveAlternativesWithDeepExample() {
        let example = String(repeating: "{l: ", count: 85) + "1" + String(repeating: ", r: 2}", count: 85)
        let found = findings(
            """
                Tree:
                  anyOf:
                    - type: integer
                    - type: object
                      properties:
                        l: {$ref: '#/components/schemas/Tree'}
                        r: {$ref: '#/components/schemas/Tree'}
                    - type: object
                      properties:
                        r: {$ref: '#/components/schemas/Tree'}
                        l: {$ref: '#/components/schemas/Tree'}
                  example: \(example)

            """)
        #expect(found == [])
    }

    @Test func refusesSchemaOfTooManyParts() {
        let parts = (0..<100).map { "    - {title: P\($0)}\n" }
        #expect(
            findings("    S:\n      type: string\n      allOf:\n" + parts.map { "    " + $0 }.joined()) == [
                "9:7: error: $ref and allOf combine 100 schemas or more; only fewer are supported [all-of]"
            ])
    }

    @Test func entersSharedAliasOnce() {
        let rows = (1..<15).map { "    S\($0): &a\($0) {type: object, properties: {x: *a\($0 - 1), y: *a\($0 - 1)}}\n" }
        #expect(findings("    S0: &a0 {type: string}\n" + rows.joined()) == [])
    }
}
