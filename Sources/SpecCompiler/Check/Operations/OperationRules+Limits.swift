extension OperationRules {
    /// The parts of a limit's key beside members of the body.
    private static let parts = ["address", "address-prefix", "caller"]

    private var generalLimits: [Node] { objects.documents.root["x-rate-limit"]?.items ?? [] }

    /// Limits at the root: what they count and what their key is must be known of every operation.
    mutating func checkGeneralLimits() {
        checkNames(generalLimits)
        for limit in generalLimits {
            if let counts = limit["counts"], counts.string != "tries" {
                findings.error("rate-limit", "a limit of every operation counts 'tries'", at: counts.location)
            }
            if let replaces = limit.member("replaces") {
                findings.error(
                    "rate-limit", "a limit of every operation replaces no other", at: replaces.keyLocation)
            }
            checkKey(limit, nil)
        }
    }

    mutating func checkLimits(_ operation: OperationNode) {
        let own = operation.node["x-rate-limit"]?.items ?? []
        checkNames(own)
        for limit in own {
            checkCounts(limit, operation)
            checkKey(limit, operation)
            checkReplaced(limit)
        }
        checkClash(own)
    }

    private mutating func checkReplaced(_ limit: Node) {
        let names = generalLimits.compactMap { $0["name"]?.string }
        for name in limit["replaces"]?.items ?? [] where !names.contains(name.string ?? "") {
            findings.error(
                "rate-limit", "the root has no limit \(NodeText.json(name))", at: name.location,
                help: Suggestion.help(for: name.string ?? "", among: names))
        }
    }

    /// Two limits of one name would share their buckets.
    private mutating func checkClash(_ own: [Node]) {
        for limit in own {
            guard let name = limit["name"],
                let other = generalLimits.compactMap({ $0["name"] }).first(where: {
                    $0.string == name.string
                })
            else { continue }
            findings.error(
                "rate-limit", "the limit '\(name.string ?? "")' has the name of one at the root", at: name.location,
                notes: [Diagnostic.Note("the other one is here", at: other.location)],
                help: "give it another name, and write replaces: [\(name.string ?? "")]")
        }
    }

    private mutating func checkNames(_ limits: [Node]) {
        var names: [String: Node] = [:]
        for limit in limits {
            if let name = limit["name"], let text = name.string {
                if let first = names.updateValue(name, forKey: text) {
                    findings.error(
                        "rate-limit", "the limit '\(text)' is there twice", at: name.location,
                        notes: [Diagnostic.Note("first declared here", at: first.location)])
                }
                if !Self.isKebab(text) {
                    findings.error(
                        "rate-limit", "'\(text)' is no name of a limit", at: name.location,
                        help: "write it in kebab-case, such as 'login-account'")
                }
            }
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

    private mutating func checkKey(_ limit: Node, _ operation: OperationNode?) {
        guard let key = limit["key"], key.isSequence else { return }
        if key.items.isEmpty { findings.error("rate-limit", "a limit's key has at least one part", at: key.location) }
        for part in key.items {
            guard let text = part.string else { continue }
            if let operation, text.hasPrefix("body.") {
                checkMember(text, part, operation)
            } else if text == "account", operation != nil {
                checkAlone(part, key)
            } else if !Self.parts.contains(text) {
                findings.error(
                    "rate-limit", "'\(text)' is no part of a limit's key", at: part.location,
                    help: Suggestion.help(for: text, among: Self.parts)
                        ?? "the parts are address, address-prefix, caller and body.<member>; or account alone")
            }
        }
    }

    /// Only the service knows the account, and counts by nothing else.
    private mutating func checkAlone(_ part: Node, _ key: Node) {
        guard key.items.count > 1 else { return }
        findings.error(
            "rate-limit", "a limit by account has no other part in its key", at: part.location,
            help: "make two limits of it")
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
