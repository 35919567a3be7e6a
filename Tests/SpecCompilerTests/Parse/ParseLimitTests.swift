import Testing

@testable import SpecCompiler

/// Input built to make a parser crash, hang or exhaust memory is rejected quickly.
@Suite struct ParseLimitTests {
    private static func many(_ text: String, _ count: Int) -> String { String(repeating: text, count: count) }

    private static let bomb =
        "a: &a [x, x, x, x, x, x, x, x, x]\n"
        + zip("abcdefgh", "bcdefghi").map { "\($1): &\($1) [\(many("*\($0), ", 9))]\n" }.joined()

    @Test(arguments: [
        ("brackets", many("[", 200_000), "[nesting]"), ("braces", many("{", 200_000), "[key-type]"),
        ("items on a line", many("- ", 200_000), "[nesting]"),
        ("keys of keys", many("? ", 200_000), "[key-type]"), ("colons", many("a: ", 200_000), "[yaml-syntax]"),
        ("indented items", (0..<2_000).map { many(" ", $0) + "-\n" }.joined(), "[nesting]"),
        ("a bomb of aliases", bomb, "[alias-size]"), ("a long text", "a: " + many("x", 5_000_000), "[scalar-size]"),
        ("a long quotation", "a: \"" + many("x", 5_000_000) + "\"", "[scalar-size]"),
        ("a long key", many("x", 5_000_000) + ": 1", "[scalar-size]"),
        ("a long line", "a: [" + many("1, ", 300_000) + "*b]", "[unknown-anchor]"),
        ("an open quotation", "a: '" + many("x\n", 100_000), "[yaml-syntax]"),
        ("many mistakes", many("? [a]\n: 1\n", 50_000), "[key-type]"),
    ])
    func refusesSoon(name: String, text: String, rule: String) {
        var said = ""
        #expect(endsInTime { said = findings(text) })
        #expect(said.contains(rule), "\(name)")
        #expect(said.split(separator: "\n").allSatisfy { $0.count <= 8 + 160 || !$0.contains(" | ") }, "\(name)")
    }

    @Test(arguments: [("spec/openapi.json", "{\"a\": \"", "\"}", 7), ("spec/openapi.yaml", "a: ", "\n", 4)])
    func takesTextsOfAMebibyteAndNoMore(path: String, before: String, after: String, column: Int) {
        let most = 1 << 20
        #expect(!findings(before + Self.many("x", most) + after, path: path).contains("scalar-size"))
        let said = findings(before + Self.many("x", most + 1) + after, path: path)
        #expect(
            said.contains("\(path):1:\(column): error: this text has \(most + 1) bytes; at most \(most) are allowed"))
    }

    @Test(arguments: [many("[", 200_000), "{\"a\":" + many("[", 200_000), many("{\"a\":", 200_000)])
    func refusesNestedJSONSoon(text: String) {
        var said = ""
        #expect(endsInTime { said = findings(text, path: "spec/openapi.json") })
        #expect(said.contains("[nesting]"))
    }

    @Test(arguments: [
        (many("x", 5_000_000), "[file-size]"), (many(":a, ", 50_000), "[parameter-unknown]"),
        ((0..<30_000).map { ":a\($0)" }.joined(), "[parameter-unknown]"),
        (many("1;\n", 50_000), "[query-statements]"),
        (many("1\n-- name: x\n-- result: none\nSELECT :a", 5_000), "[name-unique]"),
    ])
    func refusesQueriesSoon(text: String, rule: String) {
        let files = specFiles([
            "openapi.yaml": "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\n",
            "schema.yaml": "tables: {t: {columns: {id: identifier}, key: [id]}}\n",
            "queries/a.sql": "-- name: q\n-- result: none\nSELECT " + text,
        ])
        var said = ""
        #expect(endsInTime { said = DiagnosticPrinter(Compiler.lint(files: files)).text })
        #expect(said.contains(rule))
    }

    @Test func readsWhatIsJustSmallEnough() {
        #expect(findings("a: " + Self.many("[", 99) + Self.many("]", 99) + "\n") == "")
        #expect(findings("a: " + Self.many("x", 1 << 20) + "\n") == "")
    }

    @Test(arguments: ["$ref: '#/components/schemas/S", "allOf: [{$ref: '#/components/schemas/S"])
    func refusesEndlessChainsSoon(link: String) {
        let end = link.hasPrefix("allOf") ? "'}]" : "'"
        let schemas = (0..<1_000).map { "    S\($0):\n      \(link)\($0 + 1)\(end)\n" }.joined()
        let text = """
            openapi: 3.1.0
            info: {title: T, version: '1'}
            paths: {}
            components:
              schemas:
            \(schemas)    S1000: {type: string}

            """
        var said: [String] = []
        #expect(endsInTime { said = checkFindings(text) })
        #expect(said.contains { $0.contains("[ref-chain]") || $0.contains("[all-of]") })
    }

    @Test func countsWhatIsNotShown() {
        let text = "a: 1\n" + (0..<150).map { "x\($0): !!str 1\n" }.joined()
        #expect(findings(text).hasSuffix("… and 50 more\n150 errors\n"))
    }
}
