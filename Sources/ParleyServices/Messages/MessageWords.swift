import SpecCore

/// The tokens by which messages of one conversation are found.
///
/// A word is a token. Of a run in a script without spaces, every two characters that stand together are one, and the
/// last character by itself: so one character is found as the beginning of a token, and more as their pairs. Each
/// token begins with the mark of its conversation, so that a search reads no other.
struct MessageWords {
    /// Longer words are found by their beginning.
    private static let wordScalarsMax = 64
    private let mark: String

    init(in pair: Pair) {
        // 62 random bits of each id; who shares a mark by chance is told apart by the conversation itself.
        let bits = (pair.low.low &* 0x9E37_79B9_7F4A_7C15) ^ pair.high.low
        mark = "c" + String(bits, radix: 36) + "z"
    }

    /// What the index keeps of a text: each token once, with a space between them.
    func tokens(of text: String) -> String {
        var seen: Set<String> = []
        var tokens = ""
        for token in Self.tokens(in: text) where seen.insert(token).inserted {
            if !tokens.isEmpty { tokens.append(" ") }
            tokens.append(mark)
            tokens.append(token)
        }
        return tokens
    }

    private static func tokens(in text: String) -> [String] {
        Folding.plainWords(text, charactersMax: wordScalarsMax) ?? Folding.words(text).flatMap(tokens)
    }

    private static func tokens(of word: Folding.Word) -> [String] {
        guard word.isUnspaced else { return [text(word)] }
        let characters = characters(word)
        return pairs(characters) + characters.suffix(1).map(String.init)
    }

    /// What the index is asked for: all of these tokens, where `*` stands for any ending; empty where there is no word.
    func terms(of search: String) -> String {
        let words = Folding.words(search)
        let terms = words.enumerated().flatMap { index, word in
            Self.terms(of: word, isLast: index == words.count - 1)
        }
        return terms.map { mark + $0 }.joined(separator: " ")
    }

    private static func terms(of word: Folding.Word, isLast: Bool) -> [String] {
        let ending = isLast ? "*" : ""
        guard word.isUnspaced else { return [text(word) + (word.scalars.count > wordScalarsMax ? "*" : ending)] }
        let characters = characters(word)
        guard characters.count > 1 else { return characters.map { "\($0)*" } }
        // The last character may be half of what it will be: Korean is typed letter by letter.
        let pairs = pairs(characters)
        return pairs.dropLast() + [pairs[pairs.count - 1] + ending]
    }

    private static func text(_ word: Folding.Word) -> String {
        String(String.UnicodeScalarView(word.scalars.prefix(wordScalarsMax)))
    }

    /// What people see as one: a syllable of Korean, a letter of Thai with its marks.
    private static func characters(_ word: Folding.Word) -> [Character] {
        // A selector chooses between two pictures of one symbol.
        Array(String(String.UnicodeScalarView(word.scalars.filter { $0.value & ~0xF != 0xFE00 })))
    }

    private static func pairs(_ characters: [Character]) -> [String] {
        zip(characters, characters.dropFirst()).map { String([$0, $1]) }
    }
}
