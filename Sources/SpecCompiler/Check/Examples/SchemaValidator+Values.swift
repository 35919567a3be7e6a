extension SchemaValidator {
    // MARK: Texts

    func texts(_ text: String, _ value: Node, _ schema: Node) -> [Violation] {
        var found: [Violation] = []
        let count = text.unicodeScalars.count
        if let bound = schema["minLength"], let least = bound.integer, count < least {
            found.append(
                violation("the text has \(Self.count(count, "character")), at least \(least) are needed", value, bound))
        }
        if let bound = schema["maxLength"], let most = bound.integer, count > most {
            found.append(
                violation("the text has \(Self.count(count, "character")), at most \(most) are allowed", value, bound))
        }
        if let pattern = schema["pattern"], let source = pattern.string,
            case .success(let model) = patterns.compile(source), !model.matches(text)
        {
            found.append(violation("the text does not match \(source)", value, pattern))
        }
        if let format = schema["format"], let name = format.string,
            let expected = FormatCheck.expectation(of: text, name)
        {
            found.append(violation("this is not \(expected)", value, format))
        }
        return found
    }

    private static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

    // MARK: Lists

    func lists(_ items: [Node], _ value: Node, _ schema: Node) -> [Violation] {
        var found: [Violation] = []
        if let bound = schema["minItems"], let least = bound.integer, items.count < least {
            found.append(
                violation("the list has \(Self.count(items.count, "item")), at least \(least) are needed", value, bound)
            )
        }
        if let bound = schema["maxItems"], let most = bound.integer, items.count > most {
            found.append(
                violation("the list has \(Self.count(items.count, "item")), at most \(most) are allowed", value, bound))
        }
        if let rule = schema["uniqueItems"], rule.bool == true, let twice = Self.repeated(items) {
            found.append(violation("the item is listed twice", twice, rule))
        }
        if let schema = schema["items"] { found += items.flatMap { violations(of: $0, schema) } }
        return found
    }

    private static func repeated(_ items: [Node]) -> Node? {
        var seen: Set<[UInt8]> = []
        return items.first { !seen.insert(NodeText.canonical($0)).inserted }
    }

    // MARK: Members

    func members(_ value: Node, _ schema: Node) -> [Violation] {
        let properties = schema["properties"]
        var found: [Violation] = []
        for name in schema["required"]?.items ?? [] {
            guard let text = name.string, value[text] == nil, !isOneSided(text, properties) else { continue }
            found.append(violation("'\(text)' is missing", value, name))
        }
        for member in value.members {
            if let property = properties?[member.key] {
                found += violations(of: member.value, property)
            } else if let additional = schema["additionalProperties"] {
                found += stranger(member, additional, known: properties?.members.map(\.key) ?? [])
            }
        }
        return found
    }

    private func stranger(_ member: Node.Member, _ additional: Node, known: [String]) -> [Violation] {
        guard additional.bool == false else { return violations(of: member.value, additional) }
        let hint = Suggestion.help(for: member.key, among: known).map { "; \($0)" } ?? ""
        return [
            Violation(
                message: "'\(member.key)' is not a declared property\(hint)", value: member.keyLocation,
                rule: additional.location)
        ]
    }

    /// True if the property is `readOnly` or `writeOnly`, so that an example may omit it.
    private func isOneSided(_ name: String, _ properties: Node?) -> Bool {
        guard let property = properties?[name] else { return false }
        return [property, references.target(of: property) ?? property].contains {
            $0["readOnly"]?.bool == true || $0["writeOnly"]?.bool == true
        }
    }

    // MARK: Combinations

    func combined(_ value: Node, _ schema: Node) -> [Violation] {
        var found: [Violation] = []
        if let list = schema["oneOf"], !list.items.isEmpty { found += alternatives(value, list, schema, isOne: true) }
        if let list = schema["anyOf"], !list.items.isEmpty { found += alternatives(value, list, schema, isOne: false) }
        return found
    }

    private func alternatives(_ value: Node, _ list: Node, _ schema: Node, isOne: Bool) -> [Violation] {
        let outcomes = list.items.map { violations(of: value, $0) }
        let count = outcomes.count(where: \.isEmpty)
        if count == 1 || count > 1 && !isOne { return [] }
        if count > 1 {
            // The run time asks the discriminator first.
            if schema["discriminator"] != nil { return [] }
            return [violation("\(count) alternatives of oneOf match, exactly one must", value, list)]
        }
        if let meant = meant(value, list, schema) { return outcomes[meant] }
        if outcomes.count == 1 { return outcomes[0] }
        let nearest = nearest(value, outcomes).map { index in
            "; the nearest one, \(name(of: list.items[index], index)): "
                + outcomes[index].prefix(Self.lacksMax).map(\.message).joined(separator: ", ")
        }
        return [violation("no alternative of \(isOne ? "oneOf" : "anyOf") matches\(nearest ?? "")", value, list)]
    }

    /// The maximum number of violations that are told of the nearest alternative.
    private static let lacksMax = 3

    /// The alternative with the fewest violations inside the value; one of another type is the farthest.
    private func nearest(_ value: Node, _ outcomes: [[Violation]]) -> Int? {
        outcomes.indices.min { distance(outcomes[$0], value) < distance(outcomes[$1], value) }
    }

    private func distance(_ violations: [Violation], _ value: Node) -> Int {
        let isOfOtherType = violations.contains { $0.isOfType && $0.value.start == value.location.start }
        return violations.count + (isOfOtherType ? Self.violationsMax : 0)
    }

    /// The words for an alternative in messages: the name of its `$ref`, its title, or its number.
    private func name(of alternative: Node, _ index: Int) -> String {
        let target = alternative["$ref"]?.string.flatMap { $0.split(separator: "/").last.map(String.init) }
        return (target ?? alternative["title"]?.string).map(NodeText.shown) ?? "number \(index + 1)"
    }

    /// The alternative that the discriminator selects, or else the one that fits the shape of the value.
    private func meant(_ value: Node, _ list: Node, _ schema: Node) -> Int? {
        let tag = schema["discriminator"]?["propertyName"]?.string ?? "type"
        guard let text = value[tag] else {
            let others = list.items.indices.filter { list.items[$0]["type"]?.string != "null" }
            return others.count == 1 && !value.isNull ? others[0] : nil
        }
        let fitting = list.items.indices.filter { index in
            let property = folds.fold(list.items[index]).property(tag)?.value
            return property.map { ($0["const"] ?? $0["enum"]) != nil && violations(of: text, $0).isEmpty } ?? false
        }
        return fitting.count == 1 ? fitting[0] : nil
    }
}
