extension OperationRules {
    /// The parts of a rate limit's key, apart from members of the body.
    private static let parts = ["address", "address-prefix", "caller"]

    private var generalLimits: [Node] { objects.documents.root["x-rate-limit"]?.items ?? [] }

    /// Checks the rate limits at the root, which count and key only by what every operation has.
    mutating func checkGeneralLimits() {
        checkNames(generalLimits)
        for limit in generalLimits {
            if let counts = limit["counts"], counts.string != "tries" {
                findings.error("rate-limit", "a rate limit at the root must count 'tries'", at: counts.location)
            }
            if let replaces = limit.member("replaces") {
                findings.error(
                    "rate-limit", "a rate limit at the root cannot replace another", at: replaces.keyLocation)
            }
            if let when = limit.member("when") {
                findings.error(
                    "rate-limit", "a rate limit at the root applies to every request", at: when.keyLocation)
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
            checkCondition(limit, operation)
        }
        checkClash(own)
    }

    /// Checks that a limit's condition is an optional query parameter of the operation.
    private mutating func checkCondition(_ limit: Node, _ operation: OperationNode) {
        guard let when = limit["when"], let text = when.string else { return }
        let lists: [Node] = [operation.pathItem, operation.node].flatMap { $0["parameters"]?.items ?? [] }
        let optional = lists.compactMap { objects.target(of: $0) }.filter { node in
            node["in"]?.string == "query" && node["required"]?.bool != true
        }
        let parameters = optional.map { node in "query." + (node["name"]?.string ?? "") }
        guard !parameters.contains(text) else { return }
        findings.error(
            "rate-limit", "'\(text)' is not an optional query parameter of the operation", at: when.location,
            help: Suggestion.help(for: text, among: parameters) ?? "write when: query.<parameter>")
    }

    private mutating func checkReplaced(_ limit: Node) {
        let names = generalLimits.compactMap { $0["name"]?.string }
        for name in limit["replaces"]?.items ?? [] where !names.contains(name.string ?? "") {
            findings.error(
                "rate-limit", "the root has no rate limit \(NodeText.json(name))", at: name.location,
                help: Suggestion.help(for: name.string ?? "", among: names))
        }
    }

    /// Rejects duplicate names: two limits of one name would share their buckets.
    private mutating func checkClash(_ own: [Node]) {
        for limit in own {
            guard let name = limit["name"],
                let other = generalLimits.compactMap({ $0["name"] }).first(where: {
                    $0.string == name.string
                })
            else { continue }
            findings.error(
                "rate-limit", "the rate limit '\(name.string ?? "")' has the same name as one at the root",
                at: name.location,
                notes: [Diagnostic.Note("the other one is here", at: other.location)],
                help: "give it another name, and write replaces: [\(name.string ?? "")]")
        }
    }

    private mutating func checkNames(_ limits: [Node]) {
        var names: [String: Node] = [:]
        for limit in limits {
            if let name = limit["name"], let text = name.string {
                if let first = names.updateValue(name, forKey: SwiftNames.lower(text)) {
                    findings.error(
                        "rate-limit", "the rate limit '\(text)' is declared twice", at: name.location,
                        notes: [Diagnostic.Note("first declared here", at: first.location)])
                }
                if !Self.isKebab(text) {
                    findings.error(
                        "rate-limit", "'\(text)' is not a valid name of a rate limit", at: name.location,
                        help: "write it in kebab-case, such as 'login-account'")
                }
            }
        }
    }

    private mutating func checkCounts(_ limit: Node, _ operation: OperationNode) {
        guard let counts = limit["counts"], counts.string != "tries" else { return }
        guard counts.isSequence, !counts.items.isEmpty else {
            return findings.error(
                "rate-limit", "'counts' must be 'tries' or a list of problem codes",
                at: counts.location)
        }
        let codes = (operation.node["responses"]?.members ?? []).flatMap {
            DeclaredProblem.all(in: objects.target(of: $0.value)).map(\.code)
        }
        for code in counts.items where !codes.contains(code.string ?? "") {
            findings.error(
                "rate-limit", "the operation does not declare the problem \(NodeText.json(code))", at: code.location,
                help: Suggestion.help(for: code.string ?? "", among: codes))
        }
    }

    private mutating func checkKey(_ limit: Node, _ operation: OperationNode?) {
        guard let key = limit["key"], key.isSequence else { return }
        if key.items.isEmpty {
            findings.error("rate-limit", "a rate limit's key must have at least one part", at: key.location)
        }
        for part in key.items {
            guard let text = part.string else { continue }
            if let operation, text.hasPrefix("body.") {
                checkMember(text, part, operation)
            } else if text == "account", operation != nil {
                checkAlone(part, key)
            } else if !Self.parts.contains(text) {
                findings.error(
                    "rate-limit", "'\(text)' is not a valid part of a rate limit's key", at: part.location,
                    help: Suggestion.help(for: text, among: Self.parts)
                        ?? "the parts are address, address-prefix, caller and body.<member>; or account alone")
            }
        }
    }

    /// Checks a limit keyed by account, which the service itself counts and which allows no other part.
    private mutating func checkAlone(_ part: Node, _ key: Node) {
        guard key.items.count > 1 else { return }
        findings.error(
            "rate-limit", "a rate limit by account cannot have other parts in its key", at: part.location,
            help: "write two rate limits")
    }

    private mutating func checkMember(_ text: String, _ part: Node, _ operation: OperationNode) {
        let content = objects.member("requestBody", of: operation.node)?["content"]?.members ?? []
        var schema = content.count == 1 ? content.first { MediaType.isJSON($0.key) }?.value["schema"] : nil
        for name in text.split(separator: ".").dropFirst() {
            guard let holder = schema.map(folds.fold), let property = holder.property(String(name)) else {
                return findings.error(
                    "rate-limit", "the body has no member '\(text.dropFirst("body.".count))'", at: part.location,
                    help: schema.map(folds.fold).flatMap { folded in
                        Suggestion.help(for: String(name), among: folded.declaredProperties.map(\.key))
                    })
            }
            let isRequired = holder.required.contains(String(name))
            schema = property.value
            if !isRequired || folds.fold(property.value).valueTypes != ["string"] {
                return findings.error(
                    "rate-limit", "a rate limit's key must be a required text, but '\(name)' is not", at: part.location,
                    notes: [Diagnostic.Note("the member is here", at: property.keyLocation)])
            }
        }
    }
}
