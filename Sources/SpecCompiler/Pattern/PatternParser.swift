/// Parses ECMA-262 regular expressions in Unicode mode, as JSON Schema's `pattern` specifies.
struct PatternParser {
    private static let repetitionsMax = 10_000
    private static let depthMax = 50
    private let scalars: [Unicode.Scalar]
    private var position = 0
    private var depth = 0

    private init(_ source: String) {
        scalars = Array(source.unicodeScalars)
    }

    static func parse(_ source: String) throws(PatternError) -> PatternTree {
        var parser = PatternParser(source)
        let tree = try parser.choice()
        if parser.here == ")" { throw parser.error("this ')' does not close a group") }
        return tree
    }

    private var here: Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

    private func error(_ message: String, at offset: Int? = nil) -> PatternError {
        PatternError(message, at: offset ?? position)
    }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard here == scalar else { return false }
        position += 1
        return true
    }

    private mutating func take(text: String) -> Bool {
        let wanted = Array(text.unicodeScalars)
        guard scalars[position...].starts(with: wanted) else { return false }
        position += wanted.count
        return true
    }

    private mutating func choice() throws(PatternError) -> PatternTree {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.depthMax else { throw error("groups are nested more than \(Self.depthMax) levels deep") }
        var branches = [try sequence()]
        while take("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .choice(branches)
    }

    private mutating func sequence() throws(PatternError) -> PatternTree {
        var items: [PatternTree] = []
        while let scalar = here, scalar != "|", scalar != ")" { items.append(try quantified()) }
        return items.count == 1 ? items[0] : .sequence(items)
    }

    private mutating func quantified() throws(PatternError) -> PatternTree {
        let start = position
        let atom = try atom()
        guard let (minimum, maximum) = try quantifier() else { return atom }
        if atom == .start || atom == .end { throw error("an anchor cannot be repeated", at: start) }
        if let maximum, maximum < minimum { throw error("the numbers of a quantifier are in the wrong order") }
        _ = take("?")
        if let scalar = here, "*+?".unicodeScalars.contains(scalar) { throw error("nothing to repeat") }
        return .repeated(atom, minimum: minimum, maximum: maximum)
    }

    private mutating func quantifier() throws(PatternError) -> (Int, Int?)? {
        if take("*") { return (0, nil) }
        if take("+") { return (1, nil) }
        if take("?") { return (0, 1) }
        guard here == "{" else { return nil }
        let start = position
        position += 1
        guard let minimum = try number() else {
            throw error("expected a number after '{'; write \\{ for a brace", at: start)
        }
        var maximum: Int? = minimum
        if take(",") { maximum = try number() }
        guard take("}") else { throw error("expected '}' at the end of the quantifier") }
        return (minimum, maximum)
    }

    private mutating func number() throws(PatternError) -> Int? {
        let start = position
        var value = 0
        while let scalar = here, let digit = Int(String(scalar)), scalar.isASCII {
            value = value * 10 + digit
            position += 1
            guard value <= Self.repetitionsMax else {
                throw error("a repetition can count to \(Self.repetitionsMax) at most", at: start)
            }
        }
        return position > start ? value : nil
    }

    private mutating func atom() throws(PatternError) -> PatternTree {
        guard let scalar = here else { throw error("the pattern ends too early") }
        position += 1
        switch scalar {
        case "^": return .start
        case "$": return .end
        case ".": return .set(.any)
        case "(": return try group()
        case "[": return .set(try characterClass())
        case "\\": return .set(try escape(inClass: false))
        case "*", "+", "?": throw error("nothing to repeat", at: position - 1)
        case "{", "}", "]": throw error("'\(scalar)' must be escaped: \\\(scalar)", at: position - 1)
        default: return .set(ScalarSet(scalar.value))
        }
    }

    private mutating func group() throws(PatternError) -> PatternTree {
        let start = position - 1
        if take(text: "?=") || take(text: "?!") { throw error("look-ahead is not supported", at: start) }
        if take(text: "?<=") || take(text: "?<!") {
            throw error("look-behind is not supported", at: start)
        }
        if take(text: "?<") {
            while let scalar = here, scalar != ">" { position += 1 }
            guard take(">") else { throw error("the group's name is not closed", at: start) }
        } else if !take(text: "?:"), here == "?" {
            throw error("this kind of group is not supported", at: start)
        }
        let tree = try choice()
        guard take(")") else { throw error("this group is not closed", at: start) }
        return tree
    }

    private mutating func characterClass() throws(PatternError) -> ScalarSet {
        let start = position - 1
        let isNegated = take("^")
        var set = ScalarSet([])
        while !take("]") {
            guard here != nil else { throw error("this character class is not closed", at: start) }
            set = set.union(try classItem())
        }
        return isNegated ? set.inverted : set
    }

    private mutating func classItem() throws(PatternError) -> ScalarSet {
        let start = position
        let low = try classAtom()
        guard here == "-", position + 1 < scalars.count, scalars[position + 1] != "]" else { return low }
        position += 1
        let high = try classAtom()
        guard let first = low.single, let last = high.single else {
            throw error("a range must go from one character to another", at: start)
        }
        guard first <= last else { throw error("the ends of this range are in the wrong order", at: start) }
        return ScalarSet([first...last])
    }

    private mutating func classAtom() throws(PatternError) -> ScalarSet {
        guard let scalar = here else { throw error("this character class is not closed") }
        position += 1
        return scalar == "\\" ? try escape(inClass: true) : ScalarSet(scalar.value)
    }

    private mutating func escape(inClass: Bool) throws(PatternError) -> ScalarSet {
        let start = position - 1
        guard let scalar = here else { throw error("nothing follows the backslash", at: start) }
        position += 1
        switch scalar {
        case "d": return .digits
        case "D": return ScalarSet.digits.inverted
        case "w": return .wordCharacters
        case "W": return ScalarSet.wordCharacters.inverted
        case "s": return .space
        case "S": return ScalarSet.space.inverted
        case "n": return ScalarSet(0x0A)
        case "r": return ScalarSet(0x0D)
        case "t": return ScalarSet(0x09)
        case "v": return ScalarSet(0x0B)
        case "f": return ScalarSet(0x0C)
        case "b" where inClass: return ScalarSet(0x08)
        case "b", "B": throw error("word boundaries are not supported", at: start)
        case "0": return ScalarSet(0)
        case "1"..."9", "k": throw error("back-references are not supported", at: start)
        case "p", "P": throw error("\\p{…} is not supported; write the ranges", at: start)
        case "x": return ScalarSet(try hexadecimal(2, start))
        case "u": return ScalarSet(try codePoint(start))
        case "c": return try control(start)
        default:
            guard !scalar.properties.isAlphabetic else {
                throw error("the escape \\\(scalar) is not supported", at: start)
            }
            return ScalarSet(scalar.value)
        }
    }

    private mutating func control(_ start: Int) throws(PatternError) -> ScalarSet {
        guard let letter = here, letter.isASCII, letter.properties.isAlphabetic else {
            throw error("expected a letter after \\c", at: start)
        }
        position += 1
        return ScalarSet(letter.value & 31)
    }

    private mutating func hexadecimal(_ count: Int, _ start: Int) throws(PatternError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<count {
            guard let scalar = here, scalar.isASCII, let digit = UInt32(String(scalar), radix: 16) else {
                throw error("expected \(count) hexadecimal digits", at: start)
            }
            value = value << 4 | digit
            position += 1
        }
        return value
    }

    private mutating func codePoint(_ start: Int) throws(PatternError) -> UInt32 {
        if take("{") { return try bracedCodePoint(start) }
        let unit = try hexadecimal(4, start)
        guard (0xD800..<0xE000).contains(unit) else { return unit }
        guard unit < 0xDC00, take(text: "\\u") else { throw error("half of a surrogate pair is missing", at: start) }
        let low = try hexadecimal(4, start)
        guard (0xDC00..<0xE000).contains(low) else { throw error("half of a surrogate pair is missing", at: start) }
        return 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
    }

    private mutating func bracedCodePoint(_ start: Int) throws(PatternError) -> UInt32 {
        var digits = ""
        while let scalar = here, scalar != "}", digits.count < 8 {
            digits.unicodeScalars.append(scalar)
            position += 1
        }
        guard take("}"), let value = UInt32(digits, radix: 16), Unicode.Scalar(value) != nil else {
            throw error("expected a code point such as \\u{1F600}", at: start)
        }
        return value
    }
}

extension ScalarSet {
    /// The only scalar of a set, or nil if it has several.
    fileprivate var single: UInt32? {
        guard ranges.count == 1, ranges[0].lowerBound == ranges[0].upperBound else { return nil }
        return ranges[0].lowerBound
    }
}
