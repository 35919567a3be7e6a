/// An optional member whose value may be null: the three states that a partial update must distinguish.
public enum Field<Value: Sendable>: Sendable {
    /// The member is missing: keep the current value.
    case absent
    /// The member is null: clear the current value.
    case null
    case value(Value)

    /// The value, or nil if absent or null.
    @inlinable public var value: Value? {
        if case .value(let value) = self { value } else { nil }
    }
}

extension Field: Equatable where Value: Equatable {}
extension Field: Hashable where Value: Hashable {}
