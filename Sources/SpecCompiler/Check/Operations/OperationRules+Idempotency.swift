extension OperationRules {
    /// Clients must be able to read in the document what `x-idempotency` does.
    mutating func checkIdempotency(_ operation: OperationNode) {
        guard let member = operation.node.member("x-idempotency") else { return }
        let parameters = [operation.pathItem, operation.node].flatMap { $0["parameters"]?.items ?? [] }
        let isDeclared = parameters.compactMap(objects.target).contains {
            $0["in"]?.string == "header" && $0["name"]?.string?.lowercased() == "idempotency-key"
        }
        if !isDeclared {
            findings.error(
                "idempotency", "the operation has no header parameter 'Idempotency-Key'", at: member.keyLocation,
                help: "declare it, so that clients know that it is read")
        }
        for (status, code) in [("409", "idempotency-running"), ("422", "idempotency-mismatch")] {
            let answer = objects.member("responses", of: operation.node).flatMap { objects.member(status, of: $0) }
            let codes = answer?["x-problem-codes"]?.items.compactMap(\.string) ?? []
            guard !codes.contains(code) else { continue }
            findings.error(
                "idempotency", "the operation does not declare the problem '\(code)' (\(status))",
                at: member.keyLocation, help: "add it to the x-problem-codes of its \(status)")
        }
        checkKeptAnswers(operation, member)
    }

    private mutating func checkKeptAnswers(_ operation: OperationNode, _ member: Node.Member) {
        for answer in operation.node["responses"]?.members ?? [] {
            let types = objects.target(of: answer.value)?["content"]?.members ?? []
            guard let other = types.first(where: { !MediaType.isJSON($0.key) }) else { continue }
            findings.error(
                "keyword-unsupported", "an answer in '\(other.key)' is not kept yet", at: other.keyLocation,
                notes: [Diagnostic.Note("the operation keeps its answers", at: member.keyLocation)])
        }
    }
}
