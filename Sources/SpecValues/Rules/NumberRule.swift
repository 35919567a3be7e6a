/// The constraints of a schema on an integer.
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

    @inlinable func brokenBound(by value: Value) -> RuleFailure? {
        if let minimum, value < minimum { return failure("minimum", "at least \(minimum)", value) }
        if let maximum, value > maximum { return failure("maximum", "at most \(maximum)", value) }
        if let above, value <= above { return failure("exclusive-minimum", "more than \(above)", value) }
        if let below, value >= below { return failure("exclusive-maximum", "less than \(below)", value) }
        return nil
    }

    @usableFromInline func failure(_ code: String, _ expected: String, _ value: Value) -> RuleFailure {
        RuleFailure(code, "Expected \(expected), but got \(value).")
    }
}

extension NumberRule where Value: BinaryInteger {
    /// The first rule that `value` breaks, or nil if it is valid.
    @inlinable public func failure(for value: Value) -> RuleFailure? {
        if let multipleOf, value % multipleOf != 0 {
            return failure("multiple-of", "a multiple of \(multipleOf)", value)
        }
        return brokenBound(by: value)
    }
}
