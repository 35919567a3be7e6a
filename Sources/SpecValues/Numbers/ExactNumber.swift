/// A number by its decimal digits, as JSON writes it: compared and divided without rounding.
public struct ExactNumber: Sendable, Equatable {
    let isNegative: Bool
    /// The digits 0 to 9, without zeros at either end; none for zero.
    let digits: [UInt8]
    /// The power of ten of the last digit; 0 for zero.
    let exponent: Int

    /// The largest power of ten that is told apart; the texts of numbers are too short for more digits.
    static let exponentMax = 1_000_000_000

    /// Reads a decimal number with an optional fraction and exponent, or returns nil.
    public init?(utf8 text: UnsafeBufferPointer<UInt8>) {
        var reader = NumberText(text)
        guard reader.read(), reader.isAtEnd else { return nil }
        var digits = text[reader.mantissa].filter { $0 != UInt8(ascii: ".") }.map { $0 - UInt8(ascii: "0") }
        var exponent = reader.exponent - reader.fractionDigits
        while digits.last == 0 {
            digits.removeLast()
            exponent += 1
        }
        self.digits = Array(digits.drop { $0 == 0 })
        self.exponent = digits.isEmpty ? 0 : exponent
        isNegative = reader.isNegative && !digits.isEmpty
    }

    public init?(_ text: String) {
        var text = text
        guard let value = text.withUTF8({ ExactNumber(utf8: $0) }) else { return nil }
        self = value
    }

    public init(_ value: some FixedWidthInteger) {
        // The digits of an integer are a number.
        self = ExactNumber("\(value)")!
    }

    public var isZero: Bool { digits.isEmpty }
    public var isPositive: Bool { !isNegative && !isZero }

    /// True for an integer, however it is written (JSON Schema 2020-12, 4.2.3).
    public var isWhole: Bool { exponent >= 0 }

    /// The value as an integer, or nil if it has a fraction or does not fit.
    public func integer<Value: FixedWidthInteger>(as type: Value.Type) -> Value? {
        guard isWhole, digits.count + exponent <= 40 else { return nil }
        var value: Value = 0
        for digit in digits + [UInt8](repeating: 0, count: exponent) {
            let (product, isTooLarge) = value.multipliedReportingOverflow(by: 10)
            let (sum, isPast) =
                isNegative
                ? product.subtractingReportingOverflow(Value(digit)) : product.addingReportingOverflow(Value(digit))
            if isTooLarge || isPast { return nil }
            value = sum
        }
        return value
    }
}

extension ExactNumber: Comparable {
    public static func < (a: ExactNumber, b: ExactNumber) -> Bool {
        if a.isNegative != b.isNegative { return a.isNegative }
        return a.isNegative ? b.isSmaller(than: a) : a.isSmaller(than: b)
    }

    /// Compares magnitudes.
    private func isSmaller(than other: ExactNumber) -> Bool {
        if isZero || other.isZero { return isZero && !other.isZero }
        let (own, its) = (digits.count + exponent, other.digits.count + other.exponent)
        return own == its ? digits.lexicographicallyPrecedes(other.digits) : own < its
    }
}

extension ExactNumber: CustomStringConvertible {
    /// The one text of the number: equal numbers have equal texts.
    public var description: String {
        let text = String(decoding: digits.map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
        return isZero ? "0" : (isNegative ? "-" : "") + text + (exponent == 0 ? "" : "e\(exponent)")
    }
}

/// The parts of a number's text.
struct NumberText {
    private let text: UnsafeBufferPointer<UInt8>
    private var position = 0
    private(set) var isNegative = false
    /// The digits before and behind the point, with the point.
    private(set) var mantissa = 0..<0
    private(set) var fractionDigits = 0
    private(set) var exponent = 0

    init(_ text: UnsafeBufferPointer<UInt8>) {
        self.text = text
    }

    var isAtEnd: Bool { position == text.count }

    /// Finds the parts; false if there is no number.
    mutating func read() -> Bool {
        isNegative = here == UInt8(ascii: "-")
        if isNegative || here == UInt8(ascii: "+") { position += 1 }
        let start = position
        var count = skipDigits()
        if here == UInt8(ascii: ".") {
            position += 1
            fractionDigits = skipDigits()
            count += fractionDigits
        }
        mantissa = start..<position
        guard count > 0 else { return false }
        return here | 0x20 == UInt8(ascii: "e") ? readExponent() : true
    }

    private var here: UInt8 { position < text.count ? text[position] : 0 }

    private mutating func skipDigits() -> Int {
        let start = position
        while here &- UInt8(ascii: "0") < 10 { position += 1 }
        return position - start
    }

    private mutating func readExponent() -> Bool {
        position += 1
        let isBelow = here == UInt8(ascii: "-")
        if isBelow || here == UInt8(ascii: "+") { position += 1 }
        let start = position
        var value = 0
        while case let digit = here &- UInt8(ascii: "0"), digit < 10 {
            value = min(value * 10 + Int(digit), ExactNumber.exponentMax)
            position += 1
        }
        exponent = isBelow ? -value : value
        return position > start
    }
}

extension ExactNumber {
    /// The nearest 64-bit integer in a direction (`.up` or `.down`), or nil beyond its range.
    public func rounded(_ rule: FloatingPointRoundingRule) -> Int64? {
        if isWhole { return integer(as: Int64.self) }
        let whole = digits.dropLast(min(-exponent, digits.count))
        let text = (isNegative ? "-" : "") + String(decoding: whole.map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
        guard let towardZero = whole.isEmpty ? 0 : Int64(text) else { return nil }
        if rule == .up { return isNegative ? towardZero : towardZero == .max ? nil : towardZero + 1 }
        return isNegative ? (towardZero == .min ? nil : towardZero - 1) : towardZero
    }

    /// The least positive integer that is a multiple of this number, or nil if it has more than 64 bits.
    public var integerStep: Int64? {
        if isWhole { return integer(as: Int64.self) }
        guard let short = ShortNumber(self) else { return nil }
        var mantissa = short.mantissa
        // What divides the power of ten below the line is cancelled.
        for factor in [2, 5] as [UInt64] {
            var rest = -exponent
            while rest > 0, mantissa % factor == 0 {
                mantissa /= factor
                rest -= 1
            }
        }
        return Int64(exactly: mantissa)
    }
}
