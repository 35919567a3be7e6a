/// Reads `queries/<area>.sql`: statements, each with its name, parameters and result in comments before it.
struct QueryReader {
    private let file: SourceFile
    private let tables: [TableModel]
    private(set) var queries: [QueryModel] = []
    private(set) var diagnostics: [Diagnostic] = []

    private struct Draft {
        var name = ""
        var nameLine = 0
        var parameters: [ColumnModel] = []
        var result: QueryModel.Result?
        var isWrite = false
        /// The words behind each `-- locks:`, and their line.
        var locks: [LockLine] = []
        var documentation: [String] = []
        var engine: SchemaSQL.Engine?
        var common: [String] = []
        var texts: [SchemaSQL.Engine: [String]] = [:]
    }

    private struct LockLine {
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
    private mutating func refuse(
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
        do throws(Diagnostic) { _ = try TextScanner(file: file, isJSON: false).scan() } catch {
            return diagnostics.append(error)
        }
        var draft: Draft?
        for (index, line) in lines.enumerated() { read(line, index + 1, &draft) }
        finish(draft)
    }

    /// Without their ends, whichever kind those are.
    private var lines: [String] {
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
            if SwiftNames.lower(value) != value {
                refuse("name", "'\(value)' is no name for a query", line: number, line, part: value)
            }
            if queries.contains(where: { $0.name == value }) {
                refuse("name-unique", "there is a query '\(value)' already", line: number, line, part: value)
            }
        case "" where words == "write": draft?.isWrite = true
        case "locks": draft?.locks.append(LockLine(text: value, number: number, line: line))
        case "parameters": draft?.parameters = columns(value, number, line)
        case "result": draft?.result = result(value, number, line)
        case "sqlite": draft?.engine = .sqlite
        case "postgres": draft?.engine = .postgres
        default: draft?.documentation.append(String(words))
        }
    }

    private mutating func readSQL(_ line: String, _ number: Int, _ draft: inout Draft?) {
        let isEmpty = line.allSatisfy { $0 == " " }
        guard draft != nil else {
            if !isEmpty {
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
        text.split(separator: ",").compactMap { item in
            let words = item.split(separator: " ").map(String.init)
            guard words.count == 2, let column = SchemaReader.column(words[0], words[1]) else {
                refuse(
                    "column-type", "expected a name and a type, but '\(words.joined(separator: " "))' came",
                    line: number, line,
                    part: words.joined(separator: " "), help: ColumnTypes.help(for: words.last ?? ""))
                return nil
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
        guard let result = draft.result else {
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

    private mutating func write(_ draft: Draft) -> WriteModel? {
        if let line = draft.locks.first, !draft.isWrite {
            refuse(
                "query-locks", "only a write has locks", line: line.number, line.line,
                help: "write '-- write' before it")
        }
        return draft.isWrite ? WriteModel(locks: draft.locks.compactMap { locks($0, draft) }) : nil
    }

    /// `event_heads sender_id, recipient_id`: a table, and the parameters that hold its keys.
    private mutating func locks(_ line: LockLine, _ draft: Draft) -> WriteModel.Locks? {
        let words = line.text.split { $0 == " " || $0 == "," }.map(String.init)
        let name = words.first ?? ""
        guard let table = tables.first(where: { $0.name == name }) else {
            refuse(
                "table-unknown", "there is no table '\(name)'", line: line.number, line.line,
                help: Suggestion.help(for: name, among: tables.map(\.name))
                    ?? "write a table and parameters, such as 'event_heads sender_id, recipient_id'")
            return nil
        }
        let key = table.key.compactMap { table.column($0) }
        let parameters = words.dropFirst().compactMap { parameter($0, line, draft) }
        guard parameters.count == words.count - 1, !key.isEmpty else { return nil }
        if parameters.isEmpty || parameters.count % key.count != 0 {
            refuse(
                "query-locks",
                "a key of '\(name)' is \(table.key.joined(separator: ", ")), but "
                    + "\(parameters.count) parameters came", line: line.number, line.line)
            return nil
        }
        for (index, parameter) in parameters.enumerated() where parameter.type != key[index % key.count].type {
            let column = key[index % key.count]
            refuse(
                "query-locks",
                "'\(parameter.name)' is \(parameter.type.rawValue), but '\(column.name)' is \(column.type.rawValue)",
                line: line.number, line.line)
        }
        return WriteModel.Locks(table: name, key: key, parameters: parameters)
    }

    private mutating func parameter(_ name: String, _ line: LockLine, _ draft: Draft) -> ColumnModel? {
        let parameter = draft.parameters.first { $0.name == name }
        if parameter == nil {
            refuse(
                "parameter-unknown", "the query '\(draft.name)' has no parameter '\(name)'", line: line.number,
                line.line, help: Suggestion.help(for: name, among: draft.parameters.map(\.name)))
        }
        return parameter
    }

    /// The statements of one engine with their placeholders; every parameter must occur, and no other.
    private mutating func sql(_ draft: Draft, _ engine: SchemaSQL.Engine) -> [String] {
        let statements = Statements.split(draft.texts[engine] ?? draft.common)
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
        for name in unknown {
            let (number, text) = place(of: ":" + name, behind: draft.nameLine)
            refuse(
                "parameter-unknown", "the query '\(draft.name)' has no parameter '\(name)'", line: number, text,
                part: ":" + name, help: Suggestion.help(for: name, among: draft.parameters.map(\.name)))
        }
        for parameter in draft.parameters where !used.contains(parameter.name) && !isEmpty {
            let (number, text) = place(of: parameter.name, behind: draft.nameLine)
            refuse(
                "parameter-unused", "the query '\(draft.name)' does not use '\(parameter.name)'", line: number, text,
                part: parameter.name)
        }
    }

    /// The first line below a number that holds a text.
    private func place(of text: String, behind number: Int) -> (number: Int, line: String) {
        let lines = self.lines
        let index = lines[number...].firstIndex { $0.contains(text) } ?? number - 1
        return (index + 1, lines[index])
    }
}

/// The statements of a text: each ends with a ';' at the end of a line, or with the text.
enum Statements {
    static func split(_ lines: [String]) -> [String] {
        var statements: [[String]] = [[]]
        for line in lines {
            var text = Substring(line)
            while text.last == " " { text.removeLast() }
            guard text.last == ";" else {
                statements[statements.count - 1].append(line)
                continue
            }
            statements[statements.count - 1].append(String(text.dropLast()))
            statements.append([])
        }
        return statements.map { $0.joined(separator: "\n") }.filter { !$0.allSatisfy { $0 == " " || $0 == "\n" } }
    }
}

/// Finds `:name` in SQL, outside of quotes and casts.
enum Placeholders {
    /// What stands for a parameter. PostgreSQL is told its type, which no value tells when it is null.
    static func mark(_ number: Int, _ column: ColumnModel, _ engine: SchemaSQL.Engine) -> String {
        engine == .sqlite ? "?\(number)" : "$\(number)::\(column.type.postgres)"
    }

    static func replace(in text: String, _ mark: (String) -> String?) -> (text: String, unknown: [String]) {
        var result = ""
        var unknown: [String] = []
        var isQuoted = false
        var rest = Substring(text)
        while let character = rest.popFirst() {
            if character == "'" { isQuoted.toggle() }
            guard character == ":", !isQuoted, let first = rest.first, first.isLetter else {
                result.append(character)
                if character == ":", rest.first == ":" { result.append(rest.removeFirst()) }
                continue
            }
            let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
            rest = rest.dropFirst(name.count)
            if let mark = mark(String(name)) { result += mark } else { unknown.append(String(name)) }
        }
        return (result, unknown)
    }
}
