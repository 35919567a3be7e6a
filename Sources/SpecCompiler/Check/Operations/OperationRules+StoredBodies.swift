extension OperationRules {
    /// The member of a response by whose id its body is made anew.
    static let reloadMember = "id"

    /// Checks that each successful response has the members that `body: reload` and `user` of `x-idempotency` need.
    mutating func checkStoredBodies(_ operation: OperationNode, _ idempotency: Node) {
        let reload = idempotency.member("body").map { (Self.reloadMember, $0.keyLocation, "made anew") }
        let user = idempotency["user"].flatMap { node in
            node.string.map { ($0, node.location, "deleted with its user") }
        }
        for (name, place, use) in [reload, user].compactMap({ $0 }) {
            let successes = (objects.member("responses", of: operation.node)?.members ?? [])
                .filter { $0.key.hasPrefix("2") }
            for response in successes { checkMember(name, of: response, place, use) }
        }
    }

    private mutating func checkMember(_ name: String, of response: Node.Member, _ place: Location, _ use: String) {
        let content = objects.target(of: response.value)?["content"]?.members.first { MediaType.isJSON($0.key) }
        let schema = content?.value["schema"].map { folds.fold($0) }
        if let property = schema?.property(name), isIdentifier(property.value), isRequired(name, schema) { return }
        findings.error(
            "idempotency", "a response to be \(use) needs the id in a member '\(name)'", at: place,
            notes: [Diagnostic.Note("the response \(response.key) has none", at: response.keyLocation)],
            help: "declare '\(name)' as a required string of the format uuid")
    }

    private func isIdentifier(_ schema: Node) -> Bool {
        let folded = folds.fold(schema)
        return folded.types == ["string"] && folded["format"]?.string == "uuid"
    }

    private func isRequired(_ name: String, _ schema: FoldedSchema?) -> Bool {
        schema?.all("required").contains { $0.items.contains { $0.string == name } } ?? false
    }
}
