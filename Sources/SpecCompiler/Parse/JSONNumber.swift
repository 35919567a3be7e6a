/// Reads a number in JSON's grammar: no leading zero, plus sign or bare point.
enum JSONNumber {
    static func value(of text: String) -> Node.Value? {
        guard isWellFormed(text) else { return nil }
        if let integer = Int(text) { return .integer(integer) }
        return Double(text).map { .number($0, text: text) }
    }

    static func isWellFormed(_ text: String) -> Bool {
        var rest = Substring(text).utf8
        func digits() -> Int {
            let before = rest.count
            rest = rest.drop { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
            return before - rest.count
        }
        func take(_ mark: Unicode.Scalar) -> Bool {
            guard rest.first == UInt8(ascii: mark) else { return false }
            rest = rest.dropFirst()
            return true
        }
        _ = take("-")
        let leadsWithZero = rest.first == UInt8(ascii: "0")
        let whole = digits()
        guard whole > 0, !leadsWithZero || whole == 1 else { return false }
        if take("."), digits() == 0 { return false }
        if take("e") || take("E") {
            _ = take("+") || take("-")
            guard digits() > 0 else { return false }
        }
        return rest.isEmpty
    }
}
