/// The tokens of a Swift source, without comments and string literals.
struct SwiftWords {
    private(set) var words: [Substring] = []
    private let text: String
    private var rest: Substring

    init(_ text: String) {
        self.text = text
        rest = Substring(text)
        while let character = rest.first { read(character) }
    }

    private mutating func read(_ character: Character) {
        if character.isWhitespace {
            rest.removeFirst()
        } else if rest.hasPrefix("//") {
            rest = rest.drop { !$0.isNewline }
        } else if rest.hasPrefix("/*") {
            skipComment()
        } else if character == "\"" {
            skipText()
        } else if Self.isPart(character) {
            let word = rest.prefix(while: Self.isPart)
            rest = rest.dropFirst(word.count)
            words.append(word.filter { $0 != "`" }[...])
        } else {
            words.append(rest.prefix(1))
            rest.removeFirst()
        }
    }

    private static func isPart(_ character: Character) -> Bool {
        character.isLetter || character.isNumber || character == "_" || character == "`"
    }

    /// Skips a block comment; block comments nest.
    private mutating func skipComment() {
        var depth = 0
        repeat {
            if rest.hasPrefix("/*") {
                depth += 1
                rest = rest.dropFirst(2)
            } else if rest.hasPrefix("*/") {
                depth -= 1
                rest = rest.dropFirst(2)
            } else {
                rest = rest.dropFirst()
            }
        } while depth > 0 && !rest.isEmpty
    }

    private mutating func skipText() {
        let mark = rest.hasPrefix("\"\"\"") ? "\"\"\"" : "\""
        rest = rest.dropFirst(mark.count)
        while !rest.isEmpty, !rest.hasPrefix(mark) {
            rest = rest.dropFirst(rest.first == "\\" ? 2 : 1)
        }
        rest = rest.dropFirst(mark.count)
    }
}
