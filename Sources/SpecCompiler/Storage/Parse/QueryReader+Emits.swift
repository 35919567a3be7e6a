extension QueryReader {
    /// Reads the `-- emits:` of a named write: for each user, the user's parameter or result column, and the result
    /// column of the event's position.
    mutating func emits(_ query: QueryBuilder) -> [WriteModel.Emit] {
        query.emits.flatMap { line -> [WriteModel.Emit] in
            guard query.isWrite else {
                refuse(
                    "query-emits", "only a write can emit events", line,
                    help: "write '-- write' before it")
                return []
            }
            return line.text.split(separator: ",").compactMap { pair in
                emit(pair.split(separator: " ").map(String.init), line, query)
            }
        }
    }

    private mutating func emit(_ words: [String], _ line: DirectiveLine, _ query: QueryBuilder) -> WriteModel.Emit? {
        guard words.count == 2 else {
            refuse(
                "query-emits", "expected a user and a position, but found '\(words.joined(separator: " "))'",
                line, part: words.joined(separator: " "),
                help: "name columns of both, such as '-- emits: user_id event_seq'")
            return nil
        }
        let results = query.result.flatMap { columns(of: $0) } ?? []
        let parameter = query.allParameters.first { $0.name == words[0] }
        let user = parameter ?? results.first { $0.name == words[0] }
        let seq = results.first { $0.name == words[1] }
        let names = results.map(\.name)
        let isUser = expect(
            user, words[0], .identifier, "a parameter or result column", query.allParameters.map(\.name) + names, line)
        let isSeq = expect(seq, words[1], .integer, "a result column", names, line)
        guard let user, let seq, isUser, isSeq else { return nil }
        return WriteModel.Emit(user: user, isParameter: parameter != nil, seq: seq)
    }

    private mutating func expect(
        _ column: ColumnModel?, _ name: String, _ type: ColumnType, _ place: String, _ known: [String],
        _ line: DirectiveLine
    ) -> Bool {
        guard let column else {
            refuse(
                "query-emits", "'\(name)' is not \(place)", line, part: name,
                help: Suggestion.help(for: name, among: known))
            return false
        }
        if column.type != type {
            refuse(
                "query-emits", "'\(name)' is \(column.type.rawValue), not \(type.rawValue)", line, part: name)
        }
        return column.type == type
    }
}
