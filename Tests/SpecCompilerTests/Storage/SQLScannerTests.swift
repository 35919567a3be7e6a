import Testing

@testable import SpecCompiler

/// Tokens of SQL, in both dialects.
@Suite struct SQLScannerTests {
    private static func tokens(_ text: String, _ engine: SQLEngine) -> [SQLToken] {
        var scanner = SQLScanner(engine)
        return text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().flatMap { index, line in
            scanner.scan(String(line), line: index + 1)
        }
    }

    /// The names of the placeholders with their places.
    private static func names(_ text: String, _ engine: SQLEngine) -> [String] {
        tokens(text, engine).filter { $0.kind == .placeholder }.map { "\($0.text) \($0.line):\($0.column)" }
    }

    @Test(arguments: SQLEngine.allCases) func findsPlaceholdersOutsideOfTextsAndComments(
        engine: SQLEngine
    ) {
        let text = """
            UPDATE u SET a = :a -- the owner's :x
            , b = ':x''s :x' /* it's
            :x */ , "c's :x" = :b::text, d = 'x
            :x' || :_c1 || é:été
            """
        #expect(Self.names(text, engine) == ["a 1:18", "b 3:20", "_c1 4:8", "été 4:17"])
    }

    @Test func knowsThePostgresQuotes() {
        #expect(Self.names(#"E'it\'s :x' || :a || 'it\' || :b"#, .postgres) == ["a 1:16", "b 1:31"])
        #expect(Self.names("$$ it's :x $$ || :a || $t$ :x $$ $t $t$ || :b", .postgres) == ["a 1:18", "b 1:44"])
        #expect(Self.names("/* a /* :x */ :x */ :a", .postgres) == ["a 1:21"])
        #expect(Self.names("a$b$ || :a || x$b$", .postgres) == ["a 1:9"])
    }

    @Test func knowsTheSQLiteQuotes() {
        #expect(Self.names("[it's :x] || :a || `it's :x``` || :b", .sqlite) == ["a 1:14", "b 1:35"])
        #expect(Self.names("/* a /* :x */ :a", .sqlite) == ["a 1:15"])
    }

    @Test func findsOwnPlaceholders() {
        func own(_ text: String, _ engine: SQLEngine) -> [String] {
            Self.tokens(text, engine).filter { $0.kind == .ownPlaceholder }.map(\.text)
        }
        #expect(own("? ?12 @name $name '?'", .sqlite) == ["?", "?12", "@name", "$name"])
        #expect(own("$1 a @> b ? c '$1'", .postgres) == ["$1"])
    }

    @Test(arguments: SQLEngine.allCases) func splitsStatements(engine: SQLEngine) {
        let text = "-- first;\nSELECT ';' ; -- second\n\nSELECT 1 /* ; */;\n;\n-- nothing\n"
        #expect(
            SQLSource.statements(of: text, engine) == ["SELECT ';'", "SELECT 1 /* ; */"])
    }

    @Test(arguments: SQLEngine.allCases) func keepsEveryCharacterOfAnyText(engine: SQLEngine) {
        let pieces = [
            "'", "\"", "`", "[", "]", "$", "$$", "$t$", ":", "::", ":a", "--", "/*", "*/", "E'", "\\", ";", "a", "1",
            " ", "é", "👍", "?", "@", "\t",
        ]
        var random = SystemRandomNumberGenerator()
        for _ in 0..<2_000 {
            let text = (0..<12).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            #expect(Self.tokens(text, engine).map(\.written).joined() == text)
        }
    }

    @Test func tellsWhatIsNeverClosed() {
        func openedAt(_ text: String, _ engine: SQLEngine) -> String? {
            var source = SQLSource(engine)
            let lines = text.split(separator: "\n").map(String.init)
            for (index, line) in lines.enumerated() { source.add(line, number: index + 1) }
            return source.openedAt.map { "\($0.line):\($0.column)" }
        }
        #expect(openedAt("SELECT 'a'\n, 'b", .sqlite) == "2:3")
        #expect(openedAt("SELECT $a$ b\n$A$", .postgres) == "1:8")
        #expect(openedAt("SELECT /* /* */", .postgres) == "1:8")
        #expect(openedAt("SELECT /* /* */", .sqlite) == nil)
    }
}
