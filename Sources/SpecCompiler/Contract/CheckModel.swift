/// A rule that every row of a table keeps, in words that mean the same on both engines.
package struct CheckModel: Sendable, Equatable {
    /// A part of the condition.
    package enum Word: Sendable, Equatable {
        case column(String)
        /// A keyword, a sign or a literal.
        case plain(String)
    }

    /// The constraint's name; no other check of the table has it.
    package var name: String
    package var words: [Word]

    package init(name: String, words: [Word]) {
        self.name = name
        self.words = words
    }

    /// The columns that it is about.
    var columns: [String] { words.compactMap { if case .column(let name) = $0 { name } else { nil } } }

    /// The same rule about columns that have other names.
    func renamed(_ name: (String) -> String) -> CheckModel {
        CheckModel(
            name: self.name,
            words: words.map { if case .column(let column) = $0 { .column(name(column)) } else { $0 } })
    }

    /// As SQL has it, and as the record keeps it: however it was written, the same rule is the same text.
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
