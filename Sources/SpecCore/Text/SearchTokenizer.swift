/// Tokenizer of a full-text search that is limited to a scope, such as one conversation; the same for every engine.
///
/// A word is a token. In a script without spaces, every two adjacent characters are a token, and the last character
/// alone: so one character is found as a prefix of a token, and longer texts by their pairs. Each token begins with the
/// mark of its scope, so that a search reads no other.
public struct SearchTokenizer: Sendable {
    /// Maximum length of a word; longer ones are found by their beginning.
    private static let wordScalarsMax = 64
    private let mark: String

    /// - Parameter mark: the prefix of every token: lower-case letters and digits that no other mark begins with.
    public init(mark: String) {
        self.mark = mark
    }

    /// Returns the tokens of a text for the index: each once, separated by spaces.
    public func tokens(of text: String) -> String {
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
        TextFolding.plainWords(text, charactersMax: wordScalarsMax) ?? TextFolding.words(text).flatMap(tokens)
    }

    private static func tokens(of word: TextFolding.Word) -> [String] {
        guard word.isUnspaced else { return [text(word)] }
        let characters = characters(word)
        return pairs(characters) + characters.suffix(1).map(String.init)
    }

    /// Returns the query for the index: all of these tokens, where `*` is any ending; empty without a word.
    public func terms(of search: String) -> String {
        let words = TextFolding.words(search)
        let terms = words.enumerated().flatMap { index, word in
            Self.terms(of: word, isLast: index == words.count - 1)
        }
        return terms.map { mark + $0 }.joined(separator: " ")
    }

    private static func terms(of word: TextFolding.Word, isLast: Bool) -> [String] {
        let ending = isLast ? "*" : ""
        guard word.isUnspaced else { return [text(word) + (word.scalars.count > wordScalarsMax ? "*" : ending)] }
        let characters = characters(word)
        guard characters.count > 1 else { return characters.map { "\($0)*" } }
        // The last character may be incomplete: Korean is typed letter by letter.
        let pairs = pairs(characters)
        return pairs.dropLast() + [pairs[pairs.count - 1] + ending]
    }

    private static func text(_ word: TextFolding.Word) -> String {
        String(String.UnicodeScalarView(word.scalars.prefix(wordScalarsMax)))
    }

    /// Returns the user-perceived characters: a syllable of Korean, a letter of Thai with its marks.
    private static func characters(_ word: TextFolding.Word) -> [Character] {
        // A variation selector only chooses between two glyphs of one symbol.
        Array(String(String.UnicodeScalarView(word.scalars.filter { $0.value & ~0xF != 0xFE00 })))
    }

    private static func pairs(_ characters: [Character]) -> [String] {
        zip(characters, characters.dropFirst()).map { String([$0, $1]) }
    }
}
