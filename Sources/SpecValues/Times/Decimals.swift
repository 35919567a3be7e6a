/// Decimal numbers of a fixed width.
public enum Decimals {
    /// The number in `count` digits from `start`, or nil if one is not a digit.
    public static func read(_ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ count: Int) -> Int? {
        var value = 0
        for index in start..<start + count {
            let digit = text[index] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            value = value * 10 + Int(digit)
        }
        return value
    }

    /// Writes a number in exactly `digits` digits, with leading zeros.
    @inlinable public static func write(_ value: Int, digits: Int, to target: UnsafeMutablePointer<UInt8>) {
        var rest = value
        for index in stride(from: digits - 1, through: 0, by: -1) {
            target[index] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
    }

    /// Writes a number below 100 in two digits.
    @inlinable public static func writePair(_ value: Int, to target: UnsafeMutablePointer<UInt8>) {
        let value = UInt8(truncatingIfNeeded: value)
        target[0] = UInt8(ascii: "0") &+ value / 10
        target[1] = UInt8(ascii: "0") &+ value % 10
    }
}
