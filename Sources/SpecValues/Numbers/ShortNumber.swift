/// A number of at most 18 significant digits: `mantissa` × 10^`exponent`, without its sign.
///
/// What `multipleOf` divides by, and nearly every number that is divided.
public struct ShortNumber: Sendable, Equatable {
    /// The maximum number of significant digits.
    public static let digitsMax = 18

    let mantissa: UInt64
    let exponent: Int
    /// The number of significant digits as written.
    let digits: Int

    /// Reads a number without allocating, or returns nil if it has more digits.
    init?(utf8 text: UnsafeBufferPointer<UInt8>) {
        var reader = NumberText(text)
        guard reader.read(), reader.isAtEnd else { return nil }
        var value: UInt64 = 0
        var digits = 0
        for byte in text[reader.mantissa] where byte != UInt8(ascii: ".") {
            if digits > 0 || byte != UInt8(ascii: "0") { digits += 1 }
            guard digits <= ShortNumber.digitsMax else { return nil }
            value = value * 10 + UInt64(byte - UInt8(ascii: "0"))
        }
        mantissa = value
        exponent = reader.exponent - reader.fractionDigits
        self.digits = digits
    }

    public init?(_ number: ExactNumber) {
        guard number.digits.count <= ShortNumber.digitsMax else { return nil }
        mantissa = number.digits.reduce(0) { $0 * 10 + UInt64($1) }
        exponent = number.exponent
        digits = number.digits.count
    }

    // MARK: Multiples

    /// True if this number is a whole multiple of `step`, which is not zero.
    func isMultiple(of step: ShortNumber) -> Bool {
        if mantissa == 0 { return true }
        let power = exponent - step.exponent
        guard power < 0 else {
            return ShortNumber.product(mantissa % step.mantissa, step.powerOfTen(power), step.mantissa) == 0
        }
        guard power >= -ShortNumber.digitsMax - 1 else { return false }
        var rest = mantissa
        for _ in power..<0 {
            guard rest % 10 == 0 else { return false }
            rest /= 10
        }
        return rest % step.mantissa == 0
    }

    /// The same for a number of any length.
    public func divides(_ number: ExactNumber) -> Bool {
        let power = number.exponent - exponent
        // The last digit is not zero.
        guard power >= 0 else { return number.isZero }
        let rest = number.digits.reduce(0 as UInt64) { rest, digit in
            ShortNumber.sum(ShortNumber.product(rest, 10, mantissa), UInt64(digit) % mantissa, mantissa)
        }
        return ShortNumber.product(rest, powerOfTen(power), mantissa) == 0
    }

    /// 10^`power` modulo the mantissa.
    private func powerOfTen(_ power: Int) -> UInt64 {
        var (result, base, rest) = (1 % mantissa, 10 % mantissa, power)
        while rest > 0 {
            if rest & 1 == 1 { result = ShortNumber.product(result, base, mantissa) }
            base = ShortNumber.product(base, base, mantissa)
            rest >>= 1
        }
        return result
    }

    private static func product(_ a: UInt64, _ b: UInt64, _ modulus: UInt64) -> UInt64 {
        modulus.dividingFullWidth((a % modulus).multipliedFullWidth(by: b % modulus)).remainder
    }

    private static func sum(_ a: UInt64, _ b: UInt64, _ modulus: UInt64) -> UInt64 { (a + b) % modulus }
}
