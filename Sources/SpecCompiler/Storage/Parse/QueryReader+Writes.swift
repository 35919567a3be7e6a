extension QueryReader {
    // MARK: Named writes

    mutating func write(_ query: QueryBuilder) -> WriteModel? {
        if let line = query.locks.first, !query.isWrite {
            refuse("query-locks", "only a write can have locks", line, help: "write '-- write' before it")
        }
        let emits = emits(query)
        guard query.isWrite else { return nil }
        let takesRows = takesRows(query, .postgres)
        if takesRows, query.locks.isEmpty {
            refuse(
                "query-rows",
                "several writes of one row can share this statement, but only one of them would take effect",
                at: Self.rows(in: query)[0],
                help: "declare the rows that they change, such as '-- locks: event_heads user_id'")
        }
        return WriteModel(takesRows: takesRows, locks: query.locks.compactMap { locks($0, query) }, emits: emits)
    }

    /// The placeholders `:rows` of the PostgreSQL text.
    private static func rows(in query: QueryBuilder) -> [SQLToken] {
        (query.source(.postgres)?.tokens ?? []).filter { $0.kind == .placeholder && $0.text == rowsWord }
    }

    private static let rowsWord = "rows"

    /// True if the statement runs for the rows of many writes at once.
    func takesRows(_ query: QueryBuilder, _ engine: SQLEngine) -> Bool {
        query.isWrite && engine == .postgres && !query.allParameters.contains { $0.name == Self.rowsWord }
            && !Self.rows(in: query).isEmpty
    }

    /// The statement with an unnested table of arrays for `:rows`, its only parameters.
    mutating func lowerForRows(_ tokens: [SQLToken], _ query: QueryBuilder) -> LoweredStatement {
        let parameters = query.allParameters
        var statement = LoweredStatement()
        for token in tokens {
            let isRows = token.kind == .placeholder && token.text == Self.rowsWord
            statement.append(isRows ? Placeholders.rows(parameters) : token.written, from: token)
        }
        refuseSingle(tokens, query)
        if parameters.contains(where: { $0.name == Placeholders.ordinal }) {
            refuse(
                "query-rows", "'\(Placeholders.ordinal)' is reserved for the row number in ':rows'",
                line(of: Placeholders.ordinal, behind: query.nameLine), part: Placeholders.ordinal,
                help: "give the parameter another name")
        }
        return statement
    }

    /// Reports placeholders of a single write beside `:rows`.
    private mutating func refuseSingle(_ tokens: [SQLToken], _ query: QueryBuilder) {
        var seen: Set<String> = [Self.rowsWord]
        let others = tokens.filter { $0.kind == .placeholder && seen.insert($0.text).inserted }
        for token in others.sorted(by: { $0.text < $1.text }).prefix(Self.namedMax) where !query.isUnread {
            refuse(
                "query-rows", "a statement for ':rows' cannot use ':\(token.text)' of a single write", at: token,
                help: "write 'FROM :rows AS r', and 'r.\(token.text)' for the column")
        }
    }

    /// `event_heads sender_id, recipient_id`: a table, and the parameters that hold its keys.
    private mutating func locks(_ line: DirectiveLine, _ query: QueryBuilder) -> WriteModel.Locks? {
        let words = line.text.split { $0 == " " || $0 == "," }.map(String.init)
        let name = words.first ?? ""
        guard let table = tables.first(where: { $0.name == name }) else {
            refuse(
                "table-unknown", "the table '\(name)' does not exist", line,
                help: Suggestion.help(for: name, among: tables.map(\.name))
                    ?? "write a table and parameters, such as 'event_heads sender_id, recipient_id'")
            return nil
        }
        let key = table.key.compactMap { table.column($0) }
        let parameters = words.dropFirst().compactMap { parameter($0, line, query) }
        guard parameters.count == words.count - 1, !key.isEmpty else { return nil }
        if parameters.isEmpty || parameters.count % key.count != 0 {
            refuse(
                "query-locks",
                "a key of '\(name)' is \(table.key.joined(separator: ", ")), but "
                    + "\(parameters.count) parameters are given", line)
            return nil
        }
        for (index, parameter) in parameters.enumerated() where parameter.type != key[index % key.count].type {
            let column = key[index % key.count]
            refuse(
                "query-locks",
                "'\(parameter.name)' is \(parameter.type.rawValue), but '\(column.name)' is \(column.type.rawValue)",
                line)
        }
        return WriteModel.Locks(table: name, key: key, parameters: parameters)
    }

    private mutating func parameter(_ name: String, _ line: DirectiveLine, _ query: QueryBuilder) -> ColumnModel? {
        let parameter = query.allParameters.first { $0.name == name }
        if parameter == nil {
            refuse(
                "parameter-unknown", "the query '\(query.name)' has no parameter '\(name)'", line,
                help: Suggestion.help(for: name, among: query.allParameters.map(\.name)))
        }
        return parameter
    }
}
