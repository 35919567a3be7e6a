import SpecCore

/// The words that are left of a password without what people add to them: case, accents, digits, punctuation and letter
/// replacements.
struct PasswordCores: Sendable {
    /// Digits and signs for the letters that they resemble; some of them stand for two letters, so there are eight tables.
    private static let replacements: [[Character: Character]] = {
        let common: [Character: Character] = [
            "0": "o", "2": "z", "3": "e", "4": "a", "@": "a", "5": "s", "$": "s", "6": "g", "7": "t", "+": "t",
            "8": "b", "9": "g", "(": "c", "<": "c",
        ]
        return ["1", "!", "|"].reduce([common]) { tables, sign in
            tables.flatMap { table in ["i", "l"].map { letter in table.merging([sign: letter]) { $1 } } }
        }
    }()
    /// Maximum number of digits and signs at either end that are tried as letters of the word.
    private static let replacedEndMax = 3

    /// The words, in lower case.
    let texts: Set<String>

    init(_ password: String) {
        let typed = Array(Self.folded(password))
        var texts: Set<String> = [password.lowercased(), String(typed.filter { $0.isLetter || $0.isNumber })]
        for text in Self.withoutEnds(typed) {
            texts.insert(String(text))
            texts.insert(Self.letters(text))
            for table in Self.replacements { texts.insert(Self.letters(text.map { table[$0] ?? $0 })) }
        }
        self.texts = texts.filter { !$0.isEmpty }
    }

    /// The word that is left of a name or an address.
    static func word(_ text: String) -> String { letters(folded(text)) }

    /// The text in lower case, without accents and characters that cannot be seen.
    static func folded(_ text: String) -> String {
        String(String.UnicodeScalarView(TextFolding.fold(text).filter { $0.properties.generalCategory != .format }))
    }

    private static func letters(_ text: some Sequence<Character>) -> String { String(text.filter(\.isLetter)) }

    /// The text itself, and from its first letters to its last ones, with some of the digits and signs around.
    private static func withoutEnds(_ text: [Character]) -> [ArraySlice<Character>] {
        guard let first = text.firstIndex(where: \.isLetter), let last = text.lastIndex(where: \.isLetter) else {
            return [text[...]]
        }
        let starts = max(0, first - replacedEndMax)...first
        let ends = last...min(text.count - 1, last + replacedEndMax)
        return [text[...]] + starts.flatMap { start in ends.map { text[start...$0] } }
    }
}
