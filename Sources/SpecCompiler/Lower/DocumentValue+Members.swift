extension DocumentValue {
    /// The members of an object; empty for any other value.
    var members: [(name: String, value: DocumentValue)] {
        guard case .object(let members) = self else { return [] }
        return members.map { (name: $0.0, value: $0.1) }
    }

    var text: String? {
        guard case .string(let text) = self else { return nil }
        return text
    }

    var items: [DocumentValue] {
        guard case .array(let items) = self else { return [] }
        return items
    }

    subscript(_ name: String) -> DocumentValue? { members.first { $0.name == name }?.value }

    /// The object with a member replaced, or added at its end.
    func with(_ name: String, _ value: DocumentValue) -> DocumentValue {
        var members = members.map { ($0.name, $0.value) }
        if let index = members.firstIndex(where: { $0.0 == name }) {
            members[index].1 = value
        } else {
            members.append((name, value))
        }
        return .object(members)
    }

    /// The object with each member changed; any other value as it is.
    func mapMembers(_ change: (_ name: String, _ value: DocumentValue) -> DocumentValue) -> DocumentValue {
        guard case .object(let members) = self else { return self }
        return .object(members.map { ($0.0, change($0.0, $0.1)) })
    }

    /// The object with the value of a member changed, if it has the member.
    func changing(_ name: String, _ change: (DocumentValue) -> DocumentValue) -> DocumentValue {
        self[name].map { with(name, change($0)) } ?? self
    }
}
