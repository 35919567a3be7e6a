/// Rejects paths that are not valid routes or are ambiguous.
struct PathRules {
    let objects: SpecObjects
    var findings = Findings()

    init(_ objects: SpecObjects) {
        self.objects = objects
    }

    mutating func check() {
        var seen: [String: Node.Member] = [:]
        for path in objects.documents.root["paths"]?.members ?? [] where !path.key.hasPrefix("x-") {
            let template = PathTemplate(path.key)
            if let issue = template.issue {
                let isMethod = OperationNode.methods.contains(path.key)
                findings.error(
                    "path-template", issue.message, at: path.keyLocation,
                    help: isMethod ? "'\(path.key)' belongs below a path: indent it further" : issue.help)
            } else if let first = seen.updateValue(path, forKey: template.shape) {
                findings.error(
                    "path-ambiguous", "'\(path.key)' and '\(first.key)' are the same path", at: path.keyLocation,
                    notes: [Diagnostic.Note("the other one is here", at: first.keyLocation)])
            }
        }
    }
}
