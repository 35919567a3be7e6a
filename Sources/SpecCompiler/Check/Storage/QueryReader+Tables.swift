extension QueryReader {
    /// Words behind which a table stands.
    private static let leading: Set = ["from", "join", "into", "update"]

    /// Finds tables that are nearly, but not quite, those of the schema.
    ///
    /// Not every name that the schema does not know is wrong: a query may name its own (`WITH x AS …`), functions, and
    /// tables of migrations that were written by hand.
    mutating func checkTables(_ draft: Draft) {
        let words = Self.words(of: draft.common + draft.texts.values.joined())
        let own = words.indices.dropLast().filter { words[$0 + 1].lowercased() == "as" }.map { words[$0] }
        let searches = tables.compactMap { table in table.search.map { SQLNames.index(table.name, [$0]) } }
        let known = Set(tables.map(\.name) + searches + own.map { $0.lowercased() })
        var said: Set<String> = []
        if case .table(let name) = draft.result { said.insert(name) }
        for index in words.indices.dropLast() where Self.leading.contains(words[index].lowercased()) {
            let name = words[index + 1]
            guard !known.contains(name.lowercased()), let near = Suggestion.nearest(name, among: tables.map(\.name)),
                said.insert(name).inserted
            else { continue }
            let (number, line) = place(of: name, behind: draft.nameLine)
            refuse(
                "table-unknown", "there is no table '\(name)'", line: number, line, part: name,
                help: "did you mean '\(near)'?")
        }
    }

    /// The words of a statement, outside of its texts.
    private static func words(of lines: [String]) -> [String] {
        let pieces = lines.joined(separator: "\n").split(separator: "'", omittingEmptySubsequences: false)
        return pieces.enumerated().filter { $0.offset % 2 == 0 }.flatMap { piece in
            piece.element.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
        }
    }
}
