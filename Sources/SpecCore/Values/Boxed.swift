/// A value behind a reference, so that a type can hold its own kind.
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
    /// The same state with the value changed.
    @inlinable public func map<Other: Sendable>(_ change: (Value) -> Other) -> Field<Other> {
        switch self {
        case .absent: .absent
        case .null: .null
        case .value(let value): .value(change(value))
        }
    }
}
