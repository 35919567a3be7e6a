import ParleyContract
import SpecCore

/// A search in names: every word must occur; the last one may be a prefix.
struct NameSearch: Sendable {
    /// Number of texts that the database compares.
    private static let textsMax = 4

    private let words: [TextFolding.Word]

    init(_ text: String) {
        words = TextFolding.words(text)
    }

    /// Returns the folded words of names as a contact's row keeps them: each between spaces.
    static func stored(alias: String?, displayName: String) -> String {
        let words = TextFolding.words(alias ?? "") + TextFolding.words(displayName)
        return " " + words.map { text($0) + " " }.joined()
    }

    private static func text(_ word: TextFolding.Word) -> String { String(String.UnicodeScalarView(word.scalars)) }

    /// True if the search has no words; it matches nothing.
    var isEmpty: Bool { words.isEmpty }

    /// Texts that the stored names of every match contain: the longest, one for each word.
    var texts: [String] {
        let texts = words.enumerated().map { index, word in
            if word.isUnspaced { return Self.text(word) }
            return " " + Self.text(word) + (index == words.count - 1 ? "" : " ")
        }
        let longest = texts.sorted { $0.utf8.count > $1.utf8.count }.prefix(Self.textsMax)
        return Array(longest) + Array(repeating: longest.first ?? " ", count: Self.textsMax - longest.count)
    }

    /// Returns true if every word occurs in one of the names; a search without words matches nothing.
    func matches(_ names: [String]) -> Bool {
        guard let last = words.last else { return false }
        let known = names.flatMap(TextFolding.words)
        return words.dropLast().allSatisfy { word in known.contains { Self.occurs(word, in: $0) } }
            && known.contains { Self.occurs(last, in: $0) || $0.scalars.starts(with: last.scalars) }
    }

    private static func occurs(_ word: TextFolding.Word, in known: TextFolding.Word) -> Bool {
        word.isUnspaced ? known.scalars.contains(word.scalars) : known == word
    }
}
