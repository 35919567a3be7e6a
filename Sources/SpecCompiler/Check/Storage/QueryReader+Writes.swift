extension QueryReader {
    // MARK: Named writes

    mutating func write(_ draft: Draft) -> WriteModel? {
        if let line = draft.locks.first, !draft.isWrite {
            refuse(
                "query-locks", "only a write has locks", line: line.number, line.line,
                help: "write '-- write' before it")
        }
        guard draft.isWrite else { return nil }
        let takesRows = takesRows(draft, .postgres)
        if takesRows, draft.locks.isEmpty {
            let (number, line) = place(of: ":rows", behind: draft.nameLine)
            refuse(
                "query-rows", "writes of one row could share this statement, and only one of them would count",
                line: number, line, part: ":rows",
                help: "name what they change, such as '-- locks: event_heads user_id'")
        }
        return WriteModel(takesRows: takesRows, locks: draft.locks.compactMap { locks($0, draft) })
    }

    /// Whether the statement runs for the rows of many writes at once.
    func takesRows(_ draft: Draft, _ engine: SchemaSQL.Engine) -> Bool {
        guard draft.isWrite, engine == .postgres, !draft.parameters.contains(where: { $0.name == "rows" }) else {
            return false
        }
        return draft.lines(engine).contains { Placeholders.names(in: $0).contains("rows") }
    }

    /// The statement with a table of arrays for `:rows`, which are all that it takes.
    mutating func sqlForRows(_ draft: Draft, _ statement: String) -> String {
        let (text, others) = Placeholders.replace(in: statement) { name in
            name == "rows" ? Placeholders.rows(draft.parameters) : nil
        }
        for name in Set(others).sorted().prefix(Self.namedMax) where !draft.isUnread {
            let (number, line) = place(of: ":" + name, behind: draft.nameLine)
            refuse(
                "query-rows", "a statement for ':rows' takes no ':\(name)' of one write", line: number, line,
                part: ":" + name, help: "write 'FROM :rows AS r', and 'r.\(name)' for the column")
        }
        if draft.parameters.contains(where: { $0.name == Placeholders.ordinal }) {
            let (number, line) = place(of: Placeholders.ordinal, behind: draft.nameLine)
            refuse(
                "query-rows", "'\(Placeholders.ordinal)' is the column of ':rows' that numbers them", line: number,
                line, part: Placeholders.ordinal, help: "give the parameter another name")
        }
        return text
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
}
