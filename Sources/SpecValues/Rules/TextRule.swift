/// The constraints of a schema on a string.
public struct TextRule: Sendable {
    /// The minimum length in code points.
    public let minimum: Int
    public let maximum: Int?
    public let pattern: Pattern?
    public let format: TextFormat?

    @inlinable public init(
        minimum: Int = 0, maximum: Int? = nil, pattern: Pattern? = nil, format: TextFormat? = nil
    ) {
        self.minimum = minimum
        self.maximum = maximum
        self.pattern = pattern
        self.format = format
    }

    /// True if there are no constraints.
    @inlinable public var isEmpty: Bool { minimum == 0 && maximum == nil && pattern == nil && format == nil }

    /// The first rule that `text`, of `scalars` code points, breaks, or nil if it is valid.
    @inlinable public func failure(for text: String, scalars: Int) -> RuleFailure? {
        if scalars < minimum { return tooShort(scalars) }
        if let maximum, scalars > maximum { return tooLong(scalars) }
        if let pattern, !pattern.matches(text) { return RuleFailure("pattern", pattern.detail) }
        if let format, !format.matches(text) { return RuleFailure("format", "Expected \(format.expected).") }
        return nil
    }

    @usableFromInline func tooShort(_ count: Int) -> RuleFailure {
        RuleFailure("min-length", "Expected at least \(minimum) characters, but got \(count).")
    }

    @usableFromInline func tooLong(_ count: Int) -> RuleFailure {
        RuleFailure("max-length", "Expected at most \(maximum ?? 0) characters, but got \(count).")
    }
}
