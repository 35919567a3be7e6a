/// A code of a response's `x-problem-codes`.
struct DeclaredProblem {
    let code: String
    let location: Location
    /// The sentence that explains it to people; nil if the service writes one.
    let sentence: Node?

    /// The codes of a response in either form: a list, or a mapping from each code to its sentence.
    static func all(in response: Node?) -> [DeclaredProblem] {
        guard let node = response?["x-problem-codes"] else { return [] }
        let items = node.items.compactMap { item in
            item.string.map { DeclaredProblem(code: $0, location: item.location, sentence: nil) }
        }
        let members = node.members.map { member in
            DeclaredProblem(
                code: member.key, location: member.keyLocation,
                sentence: member.value.string == nil ? nil : member.value)
        }
        return items + members
    }
}
