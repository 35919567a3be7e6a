/// Reads `queries/<area>.sql`: statements, each with its name, parameters and result in comments before it.
struct QueryReader {
    /// The largest file.
    private static let bytesMax = 256 << 10
    /// How many unknown parameters of a query are named.
    static let namedMax = 20
    private static let directives = ["name", "write", "locks", "parameters", "result", "sqlite", "postgres"]

    private let file: SourceFile
    let tables: [TableModel]
    private var lines: [String] = []
    /// Whether it was said already that the lines that come belong to no query.
    private var isNameless = false
    private(set) var queries: [QueryModel] = []
    private(set) var diagnostics: [Diagnostic] = []

    /// A query as far as it has been read.
    struct Draft {
        var name = ""
        var nameLine = 0
        var parameters: [ColumnModel] = []
        /// Whether a parameter could not be read, so that one that is missing means nothing.
        var isUnread = false
        var result: QueryModel.Result?
        var isWrite = false
        /// The words behind each `-- locks:`, and their line.
        var locks: [LockLine] = []
        var documentation: [String] = []
        var engine: SchemaSQL.Engine?
        var common: [String] = []
        var texts: [SchemaSQL.Engine: [String]] = [:]

        func lines(_ engine: SchemaSQL.Engine) -> [String] { texts[engine] ?? common }
    }

    /// What stands behind a `-- locks:`.
    struct LockLine {
        let text: String
        let number: Int
        let line: String
    }

    static func read(_ file: SourceFile, area: String, tables: [TableModel]) -> (QueryArea, [Diagnostic]) {
        var reader = QueryReader(file: file, tables: tables)
        reader.read()
        return (QueryArea(name: area, queries: reader.queries), reader.diagnostics)
    }

    private init(file: SourceFile, tables: [TableModel]) {
        self.file = file
        self.tables = tables
    }

    /// Points at the part of the line that is to blame, or at the whole of it.
    mutating func refuse(
        _ rule: String, _ message: String, line: Int, _ text: String, part: String? = nil, help: String? = nil
    ) {
        let found = part.flatMap { Self.word($0, in: text) }
        let before = found.map { text[..<$0.lowerBound].unicodeScalars.count } ?? 0
        let width = (found.map { text[$0] } ?? text[...]).unicodeScalars.count
        let location = Location(
            file: file, start: Position(line: line, column: before + 1),
            end: Position(line: line, column: before + max(1, width) + 1))
        diagnostics.append(Diagnostic(rule: rule, message, at: location, help: help))
    }

    /// The last place of a text that is no part of a longer word.
    private static func word(_ part: String, in text: String) -> Range<String.Index>? {
        func isWord(_ character: Character?) -> Bool {
            character.map { $0.isLetter || $0.isNumber || $0 == "_" } ?? false
        }
        guard !part.isEmpty else { return nil }
        return text.ranges(of: part).last { place in
            !isWord(text[place.upperBound...].first) && !isWord(text[..<place.lowerBound].last)
        }
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
        var draft: Draft?
        for (index, line) in lines.enumerated() { read(line, index + 1, &draft) }
        finish(draft)
    }

    /// The file's lines without their ends, whichever kind those are.
    private static func lines(of file: SourceFile) -> [String] {
        file.bytes[file.byteOrderMarkLength...].split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
            .map { String(decoding: $0.last == UInt8(ascii: "\r") ? $0.dropLast() : $0, as: UTF8.self) }
    }

    private mutating func read(_ line: String, _ number: Int, _ draft: inout Draft?) {
        guard line.hasPrefix("--") else { return readSQL(line, number, &draft) }
        let words = line.dropFirst(2).drop { $0 == " " }
        let parts = words.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        let value = parts.count == 2 ? String(parts[1].drop { $0 == " " }) : ""
        switch parts.count == 2 ? parts[0] : "" {
        case "name":
            finish(draft)
            draft = Draft(name: value, nameLine: number)
            isNameless = false
            if SwiftNames.lower(value) != value {
                refuse("name", "'\(value)' is no name for a query", line: number, line, part: value)
            }
            if queries.contains(where: { $0.name == value }) {
                refuse("name-unique", "there is a query '\(value)' already", line: number, line, part: value)
            }
        case "" where words == "write": draft?.isWrite = true
        case "locks": draft?.locks.append(LockLine(text: value, number: number, line: line))
        case "parameters":
            let before = diagnostics.count
            draft?.parameters = columns(value, number, line)
            draft?.isUnread = diagnostics.count > before
        case "result": draft?.result = result(value, number, line)
        case "sqlite": draft?.engine = .sqlite
        case "postgres": draft?.engine = .postgres
        case let word where Suggestion.nearest(String(word), among: Self.directives) != nil:
            refuse(
                "query-line", "'\(word):' begins no line that is known", line: number, line, part: String(word),
                help: Suggestion.help(for: String(word), among: Self.directives))
            draft?.isUnread = true
            if Suggestion.nearest(String(word), among: Self.directives) == "name" {
                finish(draft)
                (draft, isNameless) = (nil, true)
            }
        default: draft?.documentation.append(String(words))
        }
    }

    private mutating func readSQL(_ line: String, _ number: Int, _ draft: inout Draft?) {
        let isEmpty = line.allSatisfy { $0 == " " }
        guard draft != nil else {
            if !isEmpty, !isNameless {
                isNameless = true
                refuse(
                    "query-name", "this statement has no name", line: number, line, help: "write '-- name: …' before it"
                )
            }
            return
        }
        guard !isEmpty else { return }
        if let engine = draft?.engine {
            draft?.texts[engine, default: []].append(line)
        } else {
            draft?.common.append(line)
        }
    }

    private mutating func columns(_ text: String, _ number: Int, _ line: String) -> [ColumnModel] {
        var seen: Set<String> = []
        return text.split(separator: ",").compactMap { item in
            let words = item.split(separator: " ").map(String.init)
            guard words.count == 2, let column = SchemaReader.column(words[0], words[1]) else {
                let isType = words.count == 2
                refuse(
                    "column-type",
                    isType
                        ? "'\(words[1])' is no type of a column"
                        : "expected a name and a type, but '\(words.joined(separator: " "))' came", line: number, line,
                    part: isType ? words[1] : words.joined(separator: " "),
                    help: isType ? ColumnTypes.help(for: words[1]) : "write them as 'id identifier, name text?'")
                return nil
            }
            if !seen.insert(column.name).inserted {
                refuse("column-twice", "'\(column.name)' is named twice", line: number, line, part: column.name)
            }
            return column
        }
    }

    private mutating func result(_ text: String, _ number: Int, _ line: String) -> QueryModel.Result {
        let words = text.split(separator: " ").map(String.init)
        if words == ["none"] { return .none }
        if words.count == 2, words[0] == "query" { return query(words[1], number, line) }
        guard words.count == 2, words[0] == "table" else { return .columns(columns(text, number, line)) }
        if !tables.contains(where: { $0.name == words[1] }) {
            refuse(
                "table-unknown", "there is no table '\(words[1])'", line: number, line, part: words[1],
                help: Suggestion.help(for: words[1], among: tables.map(\.name)))
        }
        return .table(words[1])
    }

    /// The rows of an earlier query.
    private mutating func query(_ name: String, _ number: Int, _ line: String) -> QueryModel.Result {
        let known = queries.filter { if case .columns = $0.result { true } else { false } }.map(\.name)
        if !known.contains(name) {
            refuse(
                "query-unknown", "no query '\(name)' with columns of its own stands before this one", line: number,
                line,
                help: Suggestion.help(for: name, among: known))
        }
        return .query(name)
    }

    private mutating func finish(_ draft: Draft?) {
        guard let draft else { return }
        let line = "-- name: \(draft.name)"
        checkTables(draft)
        guard let result = draft.result else {
            // A misspelt '-- result:' was spoken of.
            if draft.isUnread { return }
            return refuse(
                "query-result", "the query '\(draft.name)' does not say its result", line: draft.nameLine, line,
                help: "write '-- result: none', '-- result: table …', '-- result: query …' or its columns")
        }
        let sqlite = sql(draft, .sqlite)
        let postgres = sql(draft, .postgres)
        guard !sqlite.isEmpty, let first = postgres.first else {
            return refuse(
                "query-text", "the query '\(draft.name)' has no statement for each engine", line: draft.nameLine, line)
        }
        if postgres.count > 1 || sqlite.count > 1 && !draft.isWrite {
            refuse(
                "query-statements", "the query '\(draft.name)' has more than one statement", line: draft.nameLine, line,
                help: "only the SQLite text of a '-- write' may have several, each ended by ';'")
        }
        queries.append(
            QueryModel(
                name: draft.name, parameters: draft.parameters, result: result, sqlite: sqlite, postgres: first,
                write: write(draft), documentation: draft.documentation))
    }

    /// The statements of one engine with their placeholders; every parameter must occur, and no other. Those for
    /// `:rows` have all of them as columns.
    private mutating func sql(_ draft: Draft, _ engine: SchemaSQL.Engine) -> [String] {
        let statements = Statements.split(draft.lines(engine))
        if takesRows(draft, engine) { return statements.map { sqlForRows(draft, $0) } }
        var used: Set<String> = []
        var unknown: [String] = []
        let replaced = statements.map { statement in
            let (text, others) = Placeholders.replace(in: statement) { name in
                used.insert(name)
                return draft.parameters.firstIndex { $0.name == name }.map {
                    Placeholders.mark($0 + 1, draft.parameters[$0], engine)
                }
            }
            unknown += others
            return text
        }
        checkParameters(draft, used: used, unknown: unknown, isEmpty: statements.isEmpty)
        return replaced
    }

    private mutating func checkParameters(_ draft: Draft, used: Set<String>, unknown: [String], isEmpty: Bool) {
        for name in Set(unknown).sorted().prefix(Self.namedMax) where !draft.isUnread {
            let (number, text) = place(of: ":" + name, behind: draft.nameLine)
            refuse(
                "parameter-unknown", "the query '\(draft.name)' has no parameter '\(name)'", line: number, text,
                part: ":" + name,
                help: name == "rows"
                    ? "only the PostgreSQL text of a '-- write' has ':rows'"
                    : Suggestion.help(for: name, among: draft.parameters.map(\.name)))
        }
        for parameter in draft.parameters where !used.contains(parameter.name) && !isEmpty {
            let (number, text) = place(of: parameter.name, behind: draft.nameLine)
            refuse(
                "parameter-unused", "the query '\(draft.name)' does not use '\(parameter.name)'", line: number, text,
                part: parameter.name)
        }
    }

    /// The first line below a number that holds a text.
    func place(of text: String, behind number: Int) -> (number: Int, line: String) {
        let lines = self.lines
        let index = lines[number...].firstIndex { Self.word(text, in: $0) != nil } ?? number - 1
        return (index + 1, lines[index])
    }
}
