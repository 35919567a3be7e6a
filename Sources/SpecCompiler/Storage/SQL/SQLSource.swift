/// The SQL of one query for one engine, in tokens, as it is read line by line.
struct SQLSource {
    private(set) var tokens: [SQLToken] = []
    private var scanner: SQLScanner
    private var isEmpty = true

    init(_ engine: SQLEngine) {
        scanner = SQLScanner(engine)
    }

    /// Adds a line; blank ones only inside of a literal.
    mutating func add(_ line: String, number: Int) {
        if scanner.opening == nil, line.allSatisfy(\.isWhitespace) { return }
        if !isEmpty {
            let kind: SQLToken.Kind = scanner.opening == nil ? .space : .literal
            tokens.append(SQLToken(kind: kind, text: "\n", line: number, column: 1))
        }
        isEmpty = false
        tokens += scanner.scan(line, line: number)
    }

    /// True inside of a literal, a quoted name or a comment that spans lines.
    var isOpen: Bool { scanner.opening != nil }

    /// The start of what is never closed.
    var openedAt: (line: Int, column: Int)? { isOpen ? scanner.openedAt : nil }

    /// The statements, which `;` separates, without those that have only comments.
    var statements: [[SQLToken]] {
        tokens.split { $0.kind == .semicolon }.map(Self.trimmed).filter { $0.contains { !$0.isBlank } }
    }

    /// Without white space at both ends.
    private static func trimmed(_ statement: ArraySlice<SQLToken>) -> [SQLToken] {
        var statement = statement.drop { $0.kind == .space }
        while statement.last?.kind == .space { statement.removeLast() }
        return Array(statement)
    }

    /// The tokens of a whole text.
    static func tokens(of text: String, _ engine: SQLEngine) -> [SQLToken] { read(text, engine).tokens }

    private static func read(_ text: String, _ engine: SQLEngine) -> SQLSource {
        var source = SQLSource(engine)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() { source.add(String(line), number: index + 1) }
        return source
    }

    /// The statements of a whole text, without comments around them.
    static func statements(of text: String, _ engine: SQLEngine) -> [String] {
        read(text, engine).statements.map { statement in
            statement.drop(while: \.isBlank).map(\.written).joined()
        }
    }
}
