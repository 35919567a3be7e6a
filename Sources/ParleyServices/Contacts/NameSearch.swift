/// What somebody looks for in names: words that must all occur, the last one perhaps only begun.
struct NameSearch: Sendable {
    private let words: [Folding.Word]

    init(_ text: String) {
        words = Folding.words(text)
    }

    /// Whether every word occurs in one of the names; a search without words finds nothing.
    func matches(_ names: [String]) -> Bool {
        guard let last = words.last else { return false }
        let known = names.flatMap(Folding.words)
        return words.dropLast().allSatisfy { word in known.contains { Self.occurs(word, in: $0) } }
            && known.contains { Self.occurs(last, in: $0) || $0.scalars.starts(with: last.scalars) }
    }

    private static func occurs(_ word: Folding.Word, in known: Folding.Word) -> Bool {
        word.isUnspaced ? known.scalars.contains(word.scalars) : known == word
    }
}
