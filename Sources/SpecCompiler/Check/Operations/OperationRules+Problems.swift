extension OperationRules {
    /// Checks the problem codes of an operation's responses.
    mutating func checkProblems(_ answers: [Node.Member]) {
        var seen: [String: DeclaredProblem] = [:]
        for answer in answers {
            guard let response = objects.target(of: answer.value), let member = response.member("x-problem-codes")
            else { continue }
            let problems = DeclaredProblem.all(in: response)
            if answer.key == "default" {
                // Problems that the run time sends by itself, unless the operation declares them otherwise.
                var general: [String: DeclaredProblem] = [:]
                for problem in problems { checkCode(problem, &general) }
                continue
            }
            let status = Int(answer.key)
            if status.map({ $0 < 400 }) ?? true {
                findings.error(
                    "problem-code", "problem codes are allowed on statuses from 400 on, not on '\(answer.key)'",
                    at: member.keyLocation, notes: [Diagnostic.Note("the status is here", at: answer.keyLocation)])
            }
            for problem in problems {
                checkCode(problem, &seen)
                if let status { checkSentence(problem, status) }
            }
        }
    }

    private mutating func checkCode(_ problem: DeclaredProblem, _ seen: inout [String: DeclaredProblem]) {
        guard Self.isKebab(problem.code) else {
            return findings.error(
                "problem-code", "'\(problem.code)' is not a valid problem code", at: problem.location,
                help: "write it in kebab-case, such as 'email-taken'")
        }
        guard let first = seen.updateValue(problem, forKey: SwiftNames.lower(problem.code)) else { return }
        findings.error(
            "problem-code", "the operation declares the problem code '\(problem.code)' twice", at: problem.location,
            notes: [Diagnostic.Note("first declared here", at: first.location)])
    }

    /// Checks a code's sentence: one per code, and none for a code of the run time, which says itself what happened.
    private mutating func checkSentence(_ problem: DeclaredProblem, _ status: Int) {
        guard let sentence = problem.sentence, let text = sentence.string,
            checkedSentences.insert(ObjectIdentifier(sentence)).inserted
        else { return }
        if text.allSatisfy(\.isWhitespace) {
            return findings.error(
                "problem-code", "the sentence of '\(problem.code)' is empty", at: sentence.location,
                help: "write what happened and what is expected, or null")
        }
        if RuntimeProblem.find(status, problem.code) != nil {
            return findings.error(
                "problem-code", "'\(problem.code)' is a code of the run time and cannot have a sentence",
                at: sentence.location, help: "write null")
        }
        guard let first = sentences["\(status) \(problem.code)"] else {
            sentences["\(status) \(problem.code)"] = sentence
            return
        }
        guard first.string != text else { return }
        findings.error(
            "problem-code", "the problem code '\(problem.code)' has another sentence elsewhere",
            at: sentence.location, notes: [Diagnostic.Note("the other one is here", at: first.location)],
            help: "write the same sentence, or null where the service writes one")
    }

    static func isKebab(_ text: String) -> Bool {
        let words = text.split(separator: "-", omittingEmptySubsequences: false)
        let isLower = words.allSatisfy { word in
            !word.isEmpty && word.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
        }
        return isLower && text.utf8.first.map { $0 >= 0x61 } ?? false
    }
}
