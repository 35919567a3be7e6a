extension QueryReader {
    // MARK: Named writes

    mutating func write(_ draft: Draft) -> WriteModel? {
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
}
