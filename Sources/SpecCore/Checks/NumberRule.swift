/// What a schema says about a number.
public struct NumberRule<Value: Comparable & Sendable>: Sendable {
    public let minimum: Value?
    public let maximum: Value?
    public let above: Value?
    public let below: Value?
    public let multipleOf: Value?

    @inlinable public init(
        minimum: Value? = nil, maximum: Value? = nil, above: Value? = nil, below: Value? = nil,
        multipleOf: Value? = nil
    ) {
        self.minimum = minimum
        self.maximum = maximum
        self.above = above
        self.below = below
        self.multipleOf = multipleOf
    }

    @inlinable func brokenBound(by value: Value) -> Broken? {
        if let minimum, value < minimum { return broken("minimum", "at least \(minimum)", value) }
        if let maximum, value > maximum { return broken("maximum", "at most \(maximum)", value) }
        if let above, value <= above { return broken("exclusive-minimum", "more than \(above)", value) }
        if let below, value >= below { return broken("exclusive-maximum", "less than \(below)", value) }
        return nil
    }

    @usableFromInline func broken(_ code: String, _ expected: String, _ value: Value) -> Broken {
        Broken(code, "Expected \(expected), but \(value) came.")
    }
}

extension NumberRule where Value: BinaryInteger {
    /// The first rule that `value` breaks.
    @inlinable public func broken(by value: Value) -> Broken? {
        if let multipleOf, value % multipleOf != 0 {
            return broken("multiple-of", "a multiple of \(multipleOf)", value)
        }
        return brokenBound(by: value)
    }
}

extension NumberRule where Value == Double {
    /// The first rule that `value` breaks. A quotient counts as whole within the rounding of its operands.
    @inlinable public func broken(by value: Double) -> Broken? {
        if let multipleOf, !isMultiple(value, of: multipleOf) {
            return broken("multiple-of", "a multiple of \(multipleOf)", value)
        }
        return brokenBound(by: value)
    }

    @usableFromInline func isMultiple(_ value: Double, of step: Double) -> Bool {
        let quotient = value / step
        return abs(quotient - quotient.rounded()) <= abs(quotient).ulp
    }
}
