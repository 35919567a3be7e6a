/// A token of a check's condition, with its range of characters.
struct ConditionToken: Equatable {
    enum Kind: Equatable {
        /// A name or a keyword.
        case word(String)
        case integer(String)
        case real(String)
        /// A text literal in SQL, quotes included.
        case text(String)
        case sign(String)
    }

    let kind: Kind
    let range: Range<Int>

    /// The token as messages show it.
    var shown: String {
        switch kind {
        case .word(let text), .integer(let text), .real(let text), .text(let text), .sign(let text): text
        }
    }
}

/// A syntax or type error in a condition, with its range.
struct ConditionError: Error {
    var rule = "check"
    let message: String
    let range: Range<Int>
    var help: String?
}

/// Splits a condition into tokens.
struct ConditionScanner {
    private static let signs: Set = ["=", "<", ">", "<=", ">=", "<>", "(", ")", ","]

    private let text: [Unicode.Scalar]
    private var place = 0

    static func tokens(of text: String) throws(ConditionError) -> [ConditionToken] {
        var scanner = ConditionScanner(text)
        var tokens: [ConditionToken] = []
        while let token = try scanner.next() { tokens.append(token) }
        return tokens
    }

    private init(_ text: String) {
        self.text = Array(text.unicodeScalars)
    }

    private mutating func next() throws(ConditionError) -> ConditionToken? {
        while place < text.count, [" ", "\n"].contains(text[place]) { place += 1 }
        guard place < text.count else { return nil }
        let start = place
        let kind: ConditionToken.Kind =
            switch text[place] {
            case "'": try .text(quotation())
            case "0"..."9": number()
            case "-" where place + 1 < text.count && ("0"..."9").contains(text[place + 1]): number()
            case "a"..."z", "A"..."Z", "_": .word(taken(while: Self.isName))
            default: try .sign(sign())
            }
        return ConditionToken(kind: kind, range: start..<place)
    }

    private static func isName(_ scalar: Unicode.Scalar) -> Bool {
        scalar == "_" || scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
    }

    private mutating func taken(while isPart: (Unicode.Scalar) -> Bool) -> String {
        let start = place
        while place < text.count, isPart(text[place]) { place += 1 }
        return written(from: start)
    }

    private func written(from start: Int) -> String {
        String(String.UnicodeScalarView(text[start..<place]))
    }

    private mutating func number() -> ConditionToken.Kind {
        let start = place
        place += 1
        _ = taken { ("0"..."9").contains($0) }
        guard place + 1 < text.count, text[place] == ".", ("0"..."9").contains(text[place + 1]) else {
            return .integer(written(from: start))
        }
        place += 1
        _ = taken { ("0"..."9").contains($0) }
        return .real(written(from: start))
    }

    /// A text literal in SQL: a quote in it is doubled.
    private mutating func quotation() throws(ConditionError) -> String {
        let start = place
        place += 1
        while place < text.count {
            guard text[place].value >= 0x20 else {
                throw ConditionError(message: "a text cannot contain a control character", range: place..<place + 1)
            }
            let isQuote = text[place] == "'"
            place += 1
            guard isQuote else { continue }
            guard place < text.count, text[place] == "'" else { return written(from: start) }
            place += 1
        }
        throw ConditionError(message: "the text that begins here is not closed", range: start..<place)
    }

    private mutating func sign() throws(ConditionError) -> String {
        let start = place
        place += 1
        if place < text.count, Self.signs.contains(written(from: start) + String(text[place])) { place += 1 }
        let sign = written(from: start)
        if Self.signs.contains(sign) { return sign }
        throw ConditionError(
            message: "'\(sign)' is not supported in a condition", range: start..<place, help: Self.help(for: sign))
    }

    private static func help(for sign: String) -> String {
        switch sign {
        case "!": "write '<>' for what is not equal"
        case "\"": "write texts in single quotes: 'like this'"
        case ";": "a condition is an expression, not a statement"
        case "+", "-", "*", "/", "%", "|": "arithmetic is not supported in a condition"
        default: "compare with =, <>, <, <=, > or >="
        }
    }
}
