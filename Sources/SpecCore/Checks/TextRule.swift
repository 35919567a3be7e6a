/// What a schema says about a string.
public struct TextRule: Sendable {
    /// In code points.
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

    /// Whether every string keeps to it.
    @inlinable public var isEmpty: Bool { minimum == 0 && maximum == nil && pattern == nil && format == nil }

    /// The first rule that `text`, of that many code points, breaks.
    @inlinable public func broken(by text: String, scalars: Int) -> Broken? {
        if scalars < minimum { return tooShort(scalars) }
        if let maximum, scalars > maximum { return tooLong(scalars) }
        if let pattern, !pattern.matches(text) { return Broken("pattern", pattern.detail) }
        if let format, !format.matches(text) { return Broken("format", "Expected \(format.expected).") }
        return nil
    }

    @usableFromInline func tooShort(_ count: Int) -> Broken {
        Broken("min-length", "Expected at least \(minimum) characters, but \(count) came.")
    }

    @usableFromInline func tooLong(_ count: Int) -> Broken {
        Broken("max-length", "Expected at most \(maximum ?? 0) characters, but \(count) came.")
    }
}
