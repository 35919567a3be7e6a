/// Reads `queries/<area>.sql`: statements, each with its name, parameters and result in comments before it.
struct QueryReader {
    /// The maximum size of a file.
    private static let bytesMax = 256 << 10
    /// The maximum number of unknown parameters reported per query.
    static let namedMax = 20
    private static let directives = [
        "name", "columns", "write", "locks", "emits", "row", "parameters", "result", "sqlite", "postgres",
    ]

    private let file: SourceFile
    let tables: [TableModel]
    private var lines: [String] = []
    /// True if the following lines were already reported as belonging to no query.
    private var isNameless = false
    var queries: [QueryModel] = []
    /// The named column lists read so far.
    var lists: [ColumnList] = []
    /// The SQLite statements, for ``SQLCheck``.
    var statements: [PlacedStatement] = []
    private(set) var diagnostics: [Diagnostic] = []

    /// The content of a file.
    struct Content {
        let area: QueryArea
        let statements: [PlacedStatement]
        let diagnostics: [Diagnostic]
    }

    static func read(_ file: SourceFile, area: String, tables: [TableModel]) -> Content {
        var reader = QueryReader(file: file, tables: tables)
        reader.read()
        let area = QueryArea(name: area, lists: reader.lists.map(\.model), queries: reader.queries)
        return Content(area: area, statements: reader.statements, diagnostics: reader.diagnostics)
    }

    private init(file: SourceFile, tables: [TableModel]) {
        self.file = file
        self.tables = tables
    }

    private mutating func read() {
        guard file.bytes.count <= Self.bytesMax else {
            let message = "the file has \(file.bytes.count) bytes; at most \(Self.bytesMax) are read"
            return diagnostics.append(Diagnostic(rule: "file-size", message, at: file.beginning))
        }
        do throws(Diagnostic) { _ = try TextScanner(file: file, isJSON: false).scan() } catch {
            return diagnostics.append(error)
        }
        lines = Self.lines(of: file)
        var builder: QueryBuilder?
        for (index, line) in lines.enumerated() { read(line, index + 1, &builder) }
        finish(builder)
    }

    /// The file's lines without their line ends (LF or CRLF).
    private static func lines(of file: SourceFile) -> [String] {
        file.bytes[file.byteOrderMarkLength...].split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .map { String(decoding: $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0, as: UTF8.self) }
    }

    private mutating func read(_ line: String, _ number: Int, _ builder: inout QueryBuilder?) {
        guard line.hasPrefix("--"), builder?.current?.isOpen != true else { return readSQL(line, number, &builder) }
        let words = line.dropFirst(2).drop { $0 == " " }
        let parts = words.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let value = parts.count == 2 ? String(parts[1].drop { $0 == " " }) : ""
        let directive = DirectiveLine(text: value, number: number, line: line)
        switch parts.count == 2 ? parts[0] : "" {
        case "name", "columns": begin(directive, isList: parts[0] == "columns", &builder)
        case "" where words == "write": builder?.isWrite = true
        case "locks": builder?.locks.append(directive)
        case "emits": builder?.emits.append(directive)
        case "row": builder?.row = table(directive)
        case "parameters":
            let before = diagnostics.count
            builder?.parameters = columns(directive, areParameters: true)
            builder?.isUnread = diagnostics.count > before
        case "result":
            builder?.resultLine = directive
            builder?.result = result(directive)
        case "sqlite": builder?.engine = .sqlite
        case "postgres": builder?.engine = .postgres
        case let word where Self.meant(word) != nil:
            refuseDirective(String(word), directive, &builder)
        default:
            // Behind the first line of SQL it is a comment there.
            if builder?.current == nil { builder?.documentation.append(String(words)) }
        }
    }

    private mutating func begin(_ line: DirectiveLine, isList: Bool, _ builder: inout QueryBuilder?) {
        finish(builder)
        let name = line.text
        builder = QueryBuilder(name: name, nameLine: line.number, isList: isList)
        isNameless = false
        if SwiftNames.lower(name) != name {
            refuse("name", "'\(name)' is not a valid query name", line, part: name)
        }
        if queries.contains(where: { $0.name == name }) {
            refuse("name-unique", "the query '\(name)' already exists", line, part: name)
        }
        if lists.contains(where: { $0.model.name == name }), isList {
            refuse("name-unique", "the column list '\(name)' already exists", line, part: name)
        }
    }

    /// The directive that a word was probably meant to be.
    private static func meant(_ word: Substring) -> String? {
        if ["param", "params", "args", "arguments"].contains(word.lowercased()) { return "parameters" }
        return Suggestion.nearest(String(word), among: directives)
    }

    private mutating func refuseDirective(_ word: String, _ line: DirectiveLine, _ builder: inout QueryBuilder?) {
        refuse(
            "query-line", "'\(word):' is not a known directive", line, part: word,
            help: Self.meant(word[...]).map { "did you mean '\($0)'?" })
        builder?.isUnread = true
        if Self.meant(word[...]) == "name" {
            finish(builder)
            (builder, isNameless) = (nil, true)
        }
    }

    private mutating func readSQL(_ line: String, _ number: Int, _ builder: inout QueryBuilder?) {
        guard builder == nil else {
            builder?.addSQL(line, number: number)
            return
        }
        guard !isNameless, !line.allSatisfy(\.isWhitespace) else { return }
        isNameless = true
        refuse(
            "query-name", "this statement has no name", DirectiveLine(text: "", number: number, line: line),
            help: "write '-- name: …' before it")
    }

    // MARK: Diagnostics

    /// Adds a diagnostic at a part of the line, or at the whole line.
    mutating func refuse(
        _ rule: String, _ message: String, _ line: DirectiveLine, part: String? = nil, help: String? = nil
    ) {
        let text = line.line
        let found = part.flatMap { Self.word($0, in: text) }
        let before = found.map { text[..<$0.lowerBound].unicodeScalars.count } ?? 0
        let width = (found.map { text[$0] } ?? text[...]).unicodeScalars.count
        refuse(rule, message, line: line.number, column: before + 1, width: width, help: help)
    }

    /// Adds a diagnostic at a token.
    mutating func refuse(_ rule: String, _ message: String, at token: SQLToken, help: String? = nil) {
        diagnostics.append(
            Diagnostic(rule: rule, message, at: Self.location(of: token, in: file), help: help))
    }

    mutating func refuse(
        _ rule: String, _ message: String, line: Int, column: Int, width: Int, help: String? = nil
    ) {
        let location = Location(
            file: file, start: Position(line: line, column: column),
            end: Position(line: line, column: column + max(1, width)))
        diagnostics.append(Diagnostic(rule: rule, message, at: location, help: help))
    }

    static func location(of token: SQLToken, in file: SourceFile) -> Location {
        let width = max(1, token.written.unicodeScalars.count)
        return Location(
            file: file, start: Position(line: token.line, column: token.column),
            end: Position(line: token.line, column: token.column + width))
    }

    /// The line of a query's name.
    func nameLine(_ builder: QueryBuilder) -> DirectiveLine {
        DirectiveLine(text: builder.name, number: builder.nameLine, line: lines[builder.nameLine - 1])
    }

    /// The first line from a number on that has a text as a whole word.
    func line(of text: String, behind number: Int) -> DirectiveLine {
        let index = lines[number...].firstIndex { Self.word(text, in: $0) != nil } ?? number - 1
        return DirectiveLine(text: "", number: index + 1, line: lines[index])
    }

    /// A place in the file, for a statement that is checked later.
    func location(_ line: DirectiveLine, part: String? = nil) -> Location {
        let found = part.flatMap { Self.word($0, in: line.line) }
        let before = found.map { line.line[..<$0.lowerBound].unicodeScalars.count } ?? 0
        let width = (found.map { line.line[$0] } ?? line.line[...]).unicodeScalars.count
        return Location(
            file: file, start: Position(line: line.number, column: before + 1),
            end: Position(line: line.number, column: before + max(1, width) + 1))
    }

    /// The last occurrence of a text as a whole word.
    private static func word(_ part: String, in text: String) -> Range<String.Index>? {
        func isWord(_ character: Character?) -> Bool {
            character.map { $0.isLetter || $0.isNumber || $0 == "_" } ?? false
        }
        guard !part.isEmpty else { return nil }
        return text.ranges(of: part).last { place in
            !isWord(text[place.upperBound...].first) && !isWord(text[..<place.lowerBound].last)
        }
    }
}
