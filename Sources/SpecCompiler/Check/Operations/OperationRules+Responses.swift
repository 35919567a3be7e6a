extension OperationRules {
    mutating func checkResponses(_ operation: OperationNode) {
        guard let responses = operation.node.member("responses"), responses.value.isMapping else { return }
        let answers = responses.value.members.filter { !$0.key.hasPrefix("x-") }
        guard !answers.isEmpty else {
            return findings.error("responses", "the operation does not declare a response", at: responses.keyLocation)
        }
        for answer in answers { checkStatus(answer) }
        checkProblems(answers)
        for answer in answers { checkReached(answer) }
    }

    /// Warns of an error that nothing leads to: it has neither content of its own nor problem codes.
    private mutating func checkReached(_ answer: Node.Member) {
        guard let status = Int(answer.key), status >= 400, !isOutput(answer),
            let response = objects.target(of: answer.value), response["x-problem-codes"] == nil,
            !RuntimeProblem.all.contains(where: { $0.status == status && $0.isGeneral })
        else { return }
        findings.warning(
            "responses", "no answer leads here", at: answer.keyLocation,
            help: "write x-problem-codes: […], the codes that the service throws")
    }

    private static func isStatus(_ key: String) -> Bool {
        key == "default" || StatusNames.range(key) != nil
            || key.utf8.count == 3 && Int(key).map { (100...599).contains($0) } ?? false
    }

    private func isOutput(_ answer: Node.Member) -> Bool {
        let status = Int(answer.key) ?? StatusNames.range(answer.key).map { $0 * 100 }
        if let status, (200..<400).contains(status) { return true }
        let content = objects.target(of: answer.value)?["content"]?.members ?? []
        return content.contains { $0.key.lowercased() != "application/problem+json" }
    }

    private mutating func checkStatus(_ answer: Node.Member) {
        let key = answer.key
        guard !Self.isStatus(key) else { return checkBody(answer) }
        findings.error(
            "status", "'\(key)' is not a valid response status", at: answer.keyLocation,
            help: key.lowercased().hasSuffix("xx") && Self.isStatus(key.uppercased())
                ? "write '\(key.uppercased())'"
                : "write a number from 100 to 599, such as '200', a range such as '4XX', or default")
    }

    private static let bodyless: Set = ["204", "205", "304"]

    private mutating func checkBody(_ answer: Node.Member) {
        guard Self.bodyless.contains(answer.key), let response = objects.target(of: answer.value),
            let content = response.member("content"), !content.value.members.isEmpty
        else { return }
        findings.error(
            "responses", "a response with the status \(answer.key) cannot have a body", at: content.keyLocation,
            notes: [Diagnostic.Note("the status is here", at: answer.keyLocation)])
    }
}
