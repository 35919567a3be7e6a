import Testing

@testable import SpecCompiler

/// Long lines of generated Swift.
@Suite struct LineWrapTests {
    private static let word = String(repeating: "a", count: 30)
    private static let wide = String(repeating: "x", count: 130)

    @Test func keepsLinesThatFit() {
        #expect(LineWrap.lines(of: "call(a, b)", depth: 2) == ["call(a, b)"])
        let full = String(repeating: "x", count: 120)
        #expect(LineWrap.lines(of: full, depth: 0) == [full])
    }

    @Test func breaksAtTheCommasOfTheLongestBrackets() {
        let word = Self.word
        #expect(
            LineWrap.lines(of: "f(a)(\(word)1, \(word)2, [\(word), 1], \(word)4) {", depth: 0) == [
                "f(a)(", "    \(word)1, \(word)2, [\(word), 1],", "    \(word)4", ") {",
            ])
    }

    @Test func breaksInsideItemsThatAreTooLong() {
        let word = Self.word
        #expect(
            LineWrap.lines(of: "f([\(word), \(word), \(word), \(word)], b)", depth: 0) == [
                "f(", "    [", "        \(word), \(word), \(word),", "        \(word)", "    ],", "    b", ")",
            ])
    }

    @Test func keepsTheParametersOfClosuresBehindTheBrace() {
        let call = String(repeating: "b", count: 70)
        #expect(
            LineWrap.lines(of: "read { json throws(JSONFault) -> String? in try json.\(call)() } ?? 1", depth: 0) == [
                "read { json throws(JSONFault) -> String? in", "    try json.\(call)()", "} ?? 1",
            ])
    }

    @Test func leavesLiteralsWhole() {
        let line = "let text = \"\(Self.wide), (a, b) \\\" [c, d]\""
        #expect(LineWrap.lines(of: line, depth: 0) == [line])
    }

    @Test func breaksCommentsBetweenWords() {
        let words = Array(repeating: Self.word, count: 5).joined(separator: " ")
        let lines = LineWrap.lines(of: "/// " + words, depth: 1)
        let three = [Self.word, Self.word, Self.word].joined(separator: " ")
        #expect(lines == ["/// " + three, "/// \(Self.word) \(Self.word)"])
    }

    @Test func writesTextOfSeveralLinesAsOneLiteral() {
        var swift = SwiftText()
        swift.literal("    sql: ", "SELECT \"a\"\n\nFROM \\b\n", ",")
        #expect(
            swift.text == """
                    sql: \"\"\"
                        SELECT \\"a\\"

                        FROM \\\\b

                        \"\"\",

                """)
    }
}
