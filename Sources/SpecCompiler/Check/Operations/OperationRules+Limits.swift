extension OperationRules {
    /// The parts of a limit's key beside members of the body.
    private static let parts = ["address", "address-prefix", "caller"]

    mutating func checkLimits(_ operation: OperationNode) {
        var names: [String: Node] = [:]
        for limit in operation.node["x-rate-limit"]?.items ?? [] {
            if let name = limit["name"], let text = name.string {
                if let first = names.updateValue(name, forKey: text) {
                    findings.error(
                        "rate-limit", "the operation has the limit '\(text)' twice", at: name.location,
                        notes: [Diagnostic.Note("first declared here", at: first.location)])
                }
                if !Self.isKebab(text) {
                    findings.error(
                        "rate-limit", "'\(text)' is no name of a limit", at: name.location,
                        help: "write it in kebab-case, such as 'login-account'")
                }
            }
            checkCounts(limit, operation)
            checkKey(limit, operation)
        }
    }

    private mutating func checkCounts(_ limit: Node, _ operation: OperationNode) {
        guard let counts = limit["counts"], counts.string != "tries" else { return }
        guard counts.isSequence, !counts.items.isEmpty else {
            return findings.error(
                "rate-limit", "a limit counts 'tries', or answers with the problem codes of a list",
                at: counts.location)
        }
        let codes = (operation.node["responses"]?.members ?? []).flatMap {
            objects.target(of: $0.value)?["x-problem-codes"]?.items.compactMap(\.string) ?? []
        }
        for code in counts.items where !codes.contains(code.string ?? "") {
            findings.error(
                "rate-limit", "the operation declares no problem \(NodeText.json(code))", at: code.location,
                help: Suggestion.help(for: code.string ?? "", among: codes))
        }
    }

    private mutating func checkKey(_ limit: Node, _ operation: OperationNode) {
        guard let key = limit["key"], key.isSequence else { return }
        if key.items.isEmpty { findings.error("rate-limit", "a limit's key has at least one part", at: key.location) }
        for part in key.items {
            guard let text = part.string else { continue }
            if text.hasPrefix("body.") {
                checkMember(text, part, operation)
            } else if !Self.parts.contains(text) {
                findings.error(
                    "rate-limit", "'\(text)' is no part of a limit's key", at: part.location,
                    help: Suggestion.help(for: text, among: Self.parts)
                        ?? "the parts are address, address-prefix, caller and body.<member>")
            }
        }
    }

    private mutating func checkMember(_ text: String, _ part: Node, _ operation: OperationNode) {
        let content = objects.member("requestBody", of: operation.node)?["content"]?.members ?? []
        var schema = content.count == 1 ? content.first { MediaType.isJSON($0.key) }?.value["schema"] : nil
        for name in text.split(separator: ".").dropFirst() {
            guard let holder = schema.map(views.view), let property = holder.property(String(name)) else {
                return findings.error(
                    "rate-limit", "the body has no member '\(text.dropFirst("body.".count))'", at: part.location,
                    help: schema.map(views.view).flatMap { view in
                        Suggestion.help(for: String(name), among: view.properties.map(\.key))
                    })
            }
            let isRequired = holder.all("required").contains { $0.value.items.contains { $0.string == String(name) } }
            schema = property.value
            if !isRequired || views.view(property.value).valueTypes != ["string"] {
                return findings.error(
                    "rate-limit", "a limit's key takes a required text, and '\(name)' is none", at: part.location,
                    notes: [Diagnostic.Note("the member is here", at: property.keyLocation)])
            }
        }
    }
}
