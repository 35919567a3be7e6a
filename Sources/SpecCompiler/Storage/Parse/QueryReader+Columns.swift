extension QueryReader {
    // MARK: Parameters and results

    /// `id identifier, name text?`: names and types.
    mutating func columns(_ line: DirectiveLine, areParameters: Bool) -> [ColumnModel] {
        var seen: Set<String> = []
        let columns = ColumnText.items(line.text).compactMap { item -> ColumnModel? in
            let words = item.split(separator: " ", maxSplits: 1).map(String.init)
            guard words.count == 2, let column = column(words, line, areParameters: areParameters) else {
                refuseColumn(words, line)
                return nil
            }
            if !seen.insert(column.name).inserted {
                refuse("column-twice", "'\(column.name)' is listed twice", line, part: column.name)
            }
            return column
        }
        return columns.numbered()
    }

    private func column(_ words: [String], _ line: DirectiveLine, areParameters: Bool) -> ColumnModel? {
        let (name, type) = (words[0], ColumnText.trimmed(words[1][...]))
        let column = ColumnText.column(name, type) ?? ColumnText.typed(name, type, like: tables)
        guard areParameters else { return column }
        // Only a result has an enum of its own.
        return column?.words?.swiftName == "" ? nil : column ?? ColumnText.list(name, type)
    }

    private mutating func refuseColumn(_ words: [String], _ line: DirectiveLine) {
        guard words.count == 2 else {
            let text = words.joined(separator: " ")
            return refuse(
                "column-type", "expected a name and a type, but found '\(text)'", line, part: text,
                help: "write them as 'id identifier, name text?'")
        }
        let type = ColumnText.trimmed(words[1][...])
        refuse(
            "column-type", "'\(type)' is not a column type", line, part: type, help: help(for: type))
    }

    private func help(for type: String) -> String {
        if type.hasPrefix("enum(") {
            return ColumnText.column("", type) == nil
                ? "write it as 'enum(sent, no-user)': words of a-z, 0-9, - and _, each once"
                : "a parameter can have the type of a table's column, such as 'contacts.status'"
        }
        if type.contains("[") {
            let types = ColumnType.allCases.filter(\.hasList).map { "\($0.rawValue)[]" }
            return "lists are parameters, never null, of the types: \(types.joined(separator: ", "))"
        }
        if let dot = type.firstIndex(of: ".") {
            guard let table = tables.first(where: { $0.name == type[..<dot] }) else {
                return Suggestion.help(for: String(type[..<dot]), among: tables.map(\.name)) ?? "no table has this name"
            }
            let name = type[type.index(after: dot)...].filter { $0 != "?" }
            return Suggestion.help(for: name, among: table.columns.map(\.name))
                ?? "the table '\(table.name)' has no column '\(name)'"
        }
        return ColumnTypes.help(for: type)
    }

    mutating func result(_ line: DirectiveLine) -> QueryModel.Result {
        let words = line.text.split(separator: " ").map(String.init)
        if words == ["none"] { return .none }
        switch words.count == 2 ? words[0] : "" {
        case "query": return query(words[1], line)
        case "columns": return list(words[1], line)
        case "table":
            _ = table(DirectiveLine(text: words[1], number: line.number, line: line.line))
            return .table(words[1])
        default: return .columns(columns(line, areParameters: false))
        }
    }

    /// The table that a directive names.
    mutating func table(_ line: DirectiveLine) -> TableModel? {
        let table = tables.first { $0.name == line.text }
        if table == nil {
            refuse(
                "table-unknown", "the table '\(line.text)' does not exist", line, part: line.text,
                help: Suggestion.help(for: line.text, among: tables.map(\.name)))
        }
        return table
    }

    /// The rows of an earlier query.
    private mutating func query(_ name: String, _ line: DirectiveLine) -> QueryModel.Result {
        let known = queries.filter { if case .columns = $0.result { true } else { false } }.map(\.name)
        if !known.contains(name) {
            refuse(
                "query-unknown", "there is no earlier query '\(name)' with its own columns", line,
                help: Suggestion.help(for: name, among: known))
        }
        return .query(name)
    }

    private mutating func list(_ name: String, _ line: DirectiveLine) -> QueryModel.Result {
        let known = lists.map(\.model.name)
        if !known.contains(name) {
            refuse(
                "query-unknown", "there is no earlier column list '\(name)'", line, part: name,
                help: Suggestion.help(for: name, among: known) ?? "write '-- columns: \(name)' before it")
        }
        return .list(name)
    }

    /// The columns of a result, or nil if it has no rows or its table or query is unknown.
    func columns(of result: QueryModel.Result) -> [ColumnModel]? {
        switch result {
        case .none: nil
        case .table(let name): tables.first { $0.name == name }?.columns
        case .columns(let columns): columns
        case .query(let name): queries.first { $0.name == name }.flatMap { columns(of: $0.result) }
        case .list(let name): lists.first { $0.model.name == name }?.model.columns
        }
    }
}
