/// A CHECK constraint of a table, in tokens that mean the same on both engines.
package struct CheckModel: Sendable, Equatable {
    /// A token of the condition.
    package enum Word: Sendable, Equatable {
        case column(String)
        /// A keyword, an operator or a literal.
        case plain(String)
    }

    /// The constraint's name, unique in the table.
    package var name: String
    package var words: [Word]

    package init(name: String, words: [Word]) {
        self.name = name
        self.words = words
    }

    /// The columns that the condition names.
    var columns: [String] { words.compactMap { if case .column(let name) = $0 { name } else { nil } } }

    /// Returns the same check with its columns renamed.
    func renamed(_ name: (String) -> String) -> CheckModel {
        CheckModel(
            name: self.name,
            words: words.map { if case .column(let column) = $0 { .column(name(column)) } else { $0 } })
    }

    /// The condition as normalized SQL, also recorded: the same rule gives the same text, however it was written.
    package var condition: String {
        var text = ""
        for word in words {
            let next =
                switch word {
                case .column(let name), .plain(let name): name
                }
            let isTight = text.isEmpty || text.hasSuffix("(") || [")", ","].contains(next)
            text += (isTight || text.hasSuffix("length") && next == "(" ? "" : " ") + next
        }
        return text
    }
}
