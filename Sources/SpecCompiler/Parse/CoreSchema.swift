/// Resolves plain scalars by YAML 1.2's core schema: `no` is text, `0x1F` an integer, `~` null.
enum CoreSchema {
    static func value(of text: UnsafeBufferPointer<UInt8>) -> Node.Value {
        guard let first = text.first else { return .null }
        switch first {
        case UInt8(ascii: "~"), UInt8(ascii: "n"), UInt8(ascii: "N"), UInt8(ascii: "t"), UInt8(ascii: "T"),
            UInt8(ascii: "f"), UInt8(ascii: "F"):
            return word(text) ?? .string(String(decoding: text, as: UTF8.self))
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            let written = String(decoding: text, as: UTF8.self)
            return number(text, written) ?? .string(written)
        default:
            return .string(String(decoding: text, as: UTF8.self))
        }
    }

    private static func word(_ text: UnsafeBufferPointer<UInt8>) -> Node.Value? {
        guard text.count <= 5 else { return nil }
        switch String(decoding: text, as: UTF8.self) {
        case "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .bool(true)
        case "false", "False", "FALSE": return .bool(false)
        default: return nil
        }
    }

    private static func number(_ text: UnsafeBufferPointer<UInt8>, _ written: String) -> Node.Value? {
        if let special = special(written) { return special }
        if written.hasPrefix("0x") || written.hasPrefix("0o") { return prefixed(written) }
        guard let isInteger = shape(text) else { return nil }
        if isInteger, let integer = Int(written) { return .integer(integer) }
        return Double(written).map { .number($0, text: written) }
    }

    private static func special(_ text: String) -> Node.Value? {
        switch text {
        case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": .number(.infinity, text: text)
        case "-.inf", "-.Inf", "-.INF": .number(-.infinity, text: text)
        case ".nan", ".NaN", ".NAN": .number(.nan, text: text)
        default: nil
        }
    }

    private static func prefixed(_ text: String) -> Node.Value? {
        let digits = text.dropFirst(2)
        guard let first = digits.first, first != "-", first != "+" else { return nil }
        return Int(digits, radix: text.hasPrefix("0x") ? 16 : 8).map { .integer($0) }
    }

    /// True if the text is an integer, false if it is another decimal number, or nil if it is not a number.
    private static func shape(_ text: UnsafeBufferPointer<UInt8>) -> Bool? {
        var rest = text[...]
        func digits() -> Int {
            let before = rest.count
            rest = rest.drop { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
            return before - rest.count
        }
        func take(_ a: Unicode.Scalar, _ b: Unicode.Scalar) -> Bool {
            guard let byte = rest.first, byte == UInt8(ascii: a) || byte == UInt8(ascii: b) else { return false }
            rest = rest.dropFirst()
            return true
        }
        _ = take("+", "-")
        let whole = digits()
        if rest.isEmpty { return whole > 0 ? true : nil }
        let fraction = take(".", ".") ? digits() : 0
        guard whole + fraction > 0 else { return nil }
        if take("e", "E") {
            _ = take("+", "-")
            guard digits() > 0 else { return nil }
        }
        return rest.isEmpty ? false : nil
    }
}
