/// The constraints of a schema on a number, which its decimal digits are judged by.
///
/// A number of up to 15 digits is compared as a double: between such numbers doubles keep the order.
public struct DecimalRule: Sendable {
    private let minimum: Bound?
    private let maximum: Bound?
    private let above: Bound?
    private let below: Bound?
    private let multipleOf: Step?
    public let isEmpty: Bool

    /// - Parameters: the bounds as written in JSON.
    public init(
        minimum: String? = nil, maximum: String? = nil, above: String? = nil, below: String? = nil,
        multipleOf: String? = nil
    ) {
        self.minimum = minimum.map(Bound.init)
        self.maximum = maximum.map(Bound.init)
        self.above = above.map(Bound.init)
        self.below = below.map(Bound.init)
        self.multipleOf = multipleOf.map(Step.init)
        isEmpty = minimum == nil && maximum == nil && above == nil && below == nil && multipleOf == nil
    }

    /// The first rule that a number breaks, or nil if it is valid.
    ///
    /// - Parameters:
    ///   - text: the number as written.
    ///   - value: the double nearest to it.
    public func failure(for text: UnsafeBufferPointer<UInt8>, _ value: Double) -> RuleFailure? {
        let number = JudgedNumber(text, value)
        if let multipleOf, !number.isMultiple(of: multipleOf.number) {
            return failure("multiple-of", "a multiple of \(multipleOf.text)", text)
        }
        if let minimum, number.isBelow(minimum) { return failure("minimum", "at least \(minimum.text)", text) }
        if let maximum, number.isAbove(maximum) { return failure("maximum", "at most \(maximum.text)", text) }
        if let above, !number.isAbove(above) { return failure("exclusive-minimum", "more than \(above.text)", text) }
        if let below, !number.isBelow(below) { return failure("exclusive-maximum", "less than \(below.text)", text) }
        return nil
    }

    private func failure(_ code: String, _ expected: String, _ text: UnsafeBufferPointer<UInt8>) -> RuleFailure {
        RuleFailure(code, "Expected \(expected), but got \(String(decoding: text, as: UTF8.self)).")
    }
}

/// A bound of a number.
private struct Bound: Sendable {
    let text: String
    let exact: ExactNumber
    let double: Double
    /// True if doubles keep its order among short numbers.
    let isShort: Bool

    init(_ text: String) {
        guard let exact = ExactNumber(text), let double = Double(text) else {
            preconditionFailure("generated code has the bound '\(text)', which is no number")
        }
        (self.text, self.exact, self.double) = (text, exact, double)
        isShort = JudgedNumber.keepsOrder(double, digits: exact.digits.count)
    }
}

/// The divisor of `multipleOf`.
private struct Step: Sendable {
    let text: String
    let number: ShortNumber

    init(_ text: String) {
        guard let number = ExactNumber(text).flatMap(ShortNumber.init), number.mantissa > 0 else {
            preconditionFailure("generated code has the divisor '\(text)', which the compiler refuses")
        }
        (self.text, self.number) = (text, number)
    }
}

/// A number being judged.
private struct JudgedNumber {
    private let text: UnsafeBufferPointer<UInt8>
    private let value: Double
    private let short: ShortNumber?
    private let keepsOrder: Bool

    /// The maximum number of digits of which a double keeps every one.
    private static let doubleDigits = 15

    init(_ text: UnsafeBufferPointer<UInt8>, _ value: Double) {
        self.text = text
        self.value = value
        short = ShortNumber(utf8: text)
        keepsOrder = short.map { Self.keepsOrder(value, digits: $0.digits) } ?? false
    }

    /// True if no other number of so few digits has the same double: denormal ones have less precision.
    static func keepsOrder(_ value: Double, digits: Int) -> Bool {
        digits == 0 || digits <= doubleDigits && value.isFinite && value.magnitude >= 1e-290
    }

    /// Made only for a number that a double does not keep.
    private var exact: ExactNumber {
        guard let exact = ExactNumber(utf8: text) else { preconditionFailure("the reader has read a number") }
        return exact
    }

    func isBelow(_ bound: Bound) -> Bool {
        keepsOrder && bound.isShort ? value < bound.double : exact < bound.exact
    }

    func isAbove(_ bound: Bound) -> Bool {
        keepsOrder && bound.isShort ? value > bound.double : bound.exact < exact
    }

    func isMultiple(of step: ShortNumber) -> Bool {
        short.map { $0.isMultiple(of: step) } ?? step.divides(exact)
    }
}
