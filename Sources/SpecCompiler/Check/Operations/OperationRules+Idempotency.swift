extension OperationRules {
    /// Checks that an operation with `x-idempotency` documents the header and the problems that clients see.
    mutating func checkIdempotency(_ operation: OperationNode) {
        guard let member = operation.node.member("x-idempotency") else { return }
        let parameters = [operation.pathItem, operation.node].flatMap { $0["parameters"]?.items ?? [] }
        let isDeclared = parameters.compactMap(objects.target).contains {
            $0["in"]?.string == "header" && $0["name"]?.string?.lowercased() == "idempotency-key"
        }
        if !isDeclared {
            findings.error(
                "idempotency", "the operation has no header parameter 'Idempotency-Key'", at: member.keyLocation,
                help: "declare it, so that clients know about it")
        }
        for (status, code) in [("409", "idempotency-running"), ("422", "idempotency-mismatch")] {
            let answer = objects.member("responses", of: operation.node).flatMap { objects.member(status, of: $0) }
            let codes = DeclaredProblem.all(in: answer).map(\.code)
            guard !codes.contains(code) else { continue }
            findings.error(
                "idempotency", "the operation does not declare the problem '\(code)' (\(status))",
                at: member.keyLocation, help: "add it to the x-problem-codes of its \(status)")
        }
        checkTable(member)
        checkStoredBodies(operation, member.value)
        checkStoredResponses(operation, member)
    }

    /// Checks that the schema has a table for the stored responses.
    private mutating func checkTable(_ member: Node.Member) {
        let schema = objects.documents.documents["schema.yaml"]
        guard schema?["framework"]?["idempotency"] == nil else { return }
        findings.error(
            "idempotency", "'x-idempotency' stores responses in a table, which schema.yaml does not ask for",
            at: member.keyLocation, help: "write 'framework: {idempotency: idempotency_keys}' in schema.yaml")
    }

    private mutating func checkStoredResponses(_ operation: OperationNode, _ member: Node.Member) {
        for answer in operation.node["responses"]?.members ?? [] {
            let types = objects.target(of: answer.value)?["content"]?.members ?? []
            guard let other = types.first(where: { !MediaType.isJSON($0.key) }) else { continue }
            findings.error(
                "keyword-unsupported", "storing a response in '\(other.key)' is not supported yet",
                at: other.keyLocation,
                notes: [Diagnostic.Note("'x-idempotency' stores the responses", at: member.keyLocation)])
        }
    }
}
