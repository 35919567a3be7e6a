extension QueryReader {
    /// Keywords that precede a table name.
    private static let leading: Set = ["from", "join", "into", "update"]

    /// Reports misspelt table names.
    ///
    /// Not every name missing from the schema is wrong: a query may define its own (`WITH x AS …`), use functions, and
    /// use tables of hand-written migrations.
    mutating func checkTables(_ query: QueryBuilder) {
        let tokens = query.sources.flatMap { $0.tokens.filter { !$0.isBlank } }
        let own = tokens.indices.dropLast().filter { tokens[$0 + 1].isWord("as") }.map { tokens[$0].text }
        let searches = tables.compactMap { table in table.search.map { SQLNames.index(table.name, [$0]) } }
        let known = Set(tables.map(\.name) + searches + own.map { $0.lowercased() })
        var said: Set<String> = []
        if case .table(let name) = query.result { said.insert(name) }
        for index in tokens.indices.dropLast() where tokens[index].kind == .word {
            guard Self.leading.contains(tokens[index].text.lowercased()), tokens[index + 1].kind == .word else {
                continue
            }
            let name = tokens[index + 1].text
            guard !known.contains(name.lowercased()), let near = Suggestion.nearest(name, among: tables.map(\.name)),
                said.insert(name).inserted
            else { continue }
            refuse(
                "table-unknown", "the table '\(name)' does not exist", at: tokens[index + 1],
                help: "did you mean '\(near)'?")
        }
    }
}
