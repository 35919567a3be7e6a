/// A value behind a reference, so that a type can contain its own type.
public final class Boxed<Value: Sendable>: Sendable {
    public let value: Value

    @inlinable public init(_ value: Value) {
        self.value = value
    }
}

extension Boxed: Equatable where Value: Equatable {
    @inlinable public static func == (a: Boxed, b: Boxed) -> Bool { a.value == b.value }
}

extension Field {
    /// Returns the same state with the value transformed.
    @inlinable public func map<Other: Sendable>(_ change: (Value) -> Other) -> Field<Other> {
        switch self {
        case .absent: .absent
        case .null: .null
        case .value(let value): .value(change(value))
        }
    }
}
