extension OperationRules {
    mutating func checkResponses(_ operation: OperationNode) {
        guard let responses = operation.node.member("responses"), responses.value.isMapping else { return }
        let answers = responses.value.members.filter { !$0.key.hasPrefix("x-") }
        guard !answers.isEmpty else {
            return findings.error("responses", "the operation declares no answer", at: responses.keyLocation)
        }
        for answer in answers { checkStatus(answer) }
        if !answers.contains(where: isOutput), answers.allSatisfy({ Self.isStatus($0.key) }), !isBareDefault(answers) {
            findings.error(
                "responses", "the operation declares no success", at: responses.keyLocation,
                help: "add a response such as '200' or '204'")
        }
        checkProblems(answers)
    }

    private static func isStatus(_ key: String) -> Bool {
        key == "default" || StatusNames.range(key) != nil
            || key.utf8.count == 3 && Int(key).map { (200...599).contains($0) } ?? false
    }

    private func isOutput(_ answer: Node.Member) -> Bool {
        let status = Int(answer.key) ?? StatusNames.range(answer.key).map { $0 * 100 }
        if let status, (200..<400).contains(status) { return true }
        let content = objects.target(of: answer.value)?["content"]?.members ?? []
        return content.contains { $0.key.lowercased() != "application/problem+json" }
    }

    /// A `default` without content is the success where nothing else is.
    private func isBareDefault(_ answers: [Node.Member]) -> Bool {
        answers.contains { answer in
            answer.key == "default" && objects.target(of: answer.value)?["content"]?.members.isEmpty != false
        }
    }

    private mutating func checkStatus(_ answer: Node.Member) {
        let key = answer.key
        guard !Self.isStatus(key) else { return checkBody(answer) }
        findings.error(
            "status", "'\(key)' is no status of an answer", at: answer.keyLocation,
            help: key.lowercased().hasSuffix("xx") && Self.isStatus(key.uppercased())
                ? "write '\(key.uppercased())'"
                : "write a number from 200 to 599, such as '200', a range such as '4XX', or default")
    }

    private static let bodyless: Set = ["204", "205", "304"]

    private mutating func checkBody(_ answer: Node.Member) {
        guard Self.bodyless.contains(answer.key), let response = objects.target(of: answer.value),
            let content = response.member("content"), !content.value.members.isEmpty
        else { return }
        findings.error(
            "responses", "an answer with the status \(answer.key) has no body", at: content.keyLocation,
            notes: [Diagnostic.Note("the status is here", at: answer.keyLocation)])
    }

    // MARK: Problems

    private mutating func checkProblems(_ answers: [Node.Member]) {
        var seen: [String: Node] = [:]
        for answer in answers {
            guard let member = objects.target(of: answer.value)?.member("x-problem-codes") else { continue }
            if answer.key == "default" {
                // What the run time answers by itself, where the operation says nothing else of it.
                var general: [String: Node] = [:]
                for code in member.value.items { checkCode(code, &general) }
                continue
            }
            if Int(answer.key).map({ $0 < 400 }) ?? true {
                findings.error(
                    "problem-code", "problem codes stand on a status from 400 on, and this is '\(answer.key)'",
                    at: member.keyLocation, notes: [Diagnostic.Note("the status is here", at: answer.keyLocation)])
            }
            for code in member.value.items { checkCode(code, &seen) }
        }
    }

    private mutating func checkCode(_ code: Node, _ seen: inout [String: Node]) {
        guard let text = code.string else { return }
        guard Self.isKebab(text) else {
            return findings.error(
                "problem-code", "'\(text)' is no problem code", at: code.location,
                help: "write it in kebab-case, such as 'email-taken'")
        }
        guard let first = seen.updateValue(code, forKey: SwiftNames.lower(text)) else { return }
        findings.error(
            "problem-code", "the operation has the problem code '\(text)' twice", at: code.location,
            notes: [Diagnostic.Note("first declared here", at: first.location)])
    }

    static func isKebab(_ text: String) -> Bool {
        let words = text.split(separator: "-", omittingEmptySubsequences: false)
        let isLower = words.allSatisfy { word in
            !word.isEmpty && word.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
        }
        return isLower && text.utf8.first.map { $0 >= 0x61 } ?? false
    }
}
