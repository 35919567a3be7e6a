/// An optional member whose value may be null: three states that a change must tell apart.
public enum Field<Value: Sendable>: Sendable {
    /// The member did not come: leave what is there.
    case absent
    /// The member came as null: clear what is there.
    case null
    case value(Value)

    /// The value, where there is one.
    @inlinable public var value: Value? {
        if case .value(let value) = self { value } else { nil }
    }
}

extension Field: Equatable where Value: Equatable {}
extension Field: Hashable where Value: Hashable {}
