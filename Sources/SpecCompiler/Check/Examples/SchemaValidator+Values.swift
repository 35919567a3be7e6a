extension SchemaValidator {
    // MARK: Texts and numbers

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
            let expected = FormatCheck.objection(to: text, name)
        {
            found.append(violation("this is not \(expected)", value, format))
        }
        return found
    }

    private static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

    func numbers(_ value: Node, _ schema: Node) -> [Violation] {
        guard let number = value.number else { return [] }
        var found: [Violation] = []
        func refuse(_ keyword: String, _ relation: String, if isBroken: (Double) -> Bool) {
            guard let bound = schema[keyword], let limit = bound.number, isBroken(limit) else { return }
            found.append(violation("\(NodeText.json(value)) is \(relation) \(NodeText.json(bound))", value, bound))
        }
        let isAbove = schema["exclusiveMinimum"]?.bool == true
        let isBelow = schema["exclusiveMaximum"]?.bool == true
        refuse("minimum", isAbove ? "not above" : "below") { isAbove ? number <= $0 : number < $0 }
        refuse("maximum", isBelow ? "not below" : "above") { isBelow ? number >= $0 : number > $0 }
        refuse("exclusiveMinimum", "not above") { number <= $0 }
        refuse("exclusiveMaximum", "not below") { number >= $0 }
        refuse("multipleOf", "no multiple of") { !Self.isMultiple(number, of: $0) }
        if let format = schema["format"], format.string == "int32", Int32(exactly: number) == nil {
            found.append(violation("\(NodeText.json(value)) is no int32", value, format))
        }
        return found
    }

    /// 0.3 is a multiple of 0.1, although no binary fraction is either.
    private static func isMultiple(_ number: Double, of step: Double) -> Bool {
        guard step > 0 else { return true }
        let quotient = number / step
        return abs(quotient - quotient.rounded()) <= 1e-9 * max(1, abs(quotient))
    }

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
            found.append(violation("the item is there twice", twice, rule))
        }
        if let schema = schema["items"] { found += items.flatMap { violations(of: $0, schema) } }
        return found
    }

    private static func repeated(_ items: [Node]) -> Node? {
        var seen: Set<String> = []
        return items.first { !seen.insert(NodeText.json($0)).inserted }
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
                message: "'\(member.key)' is no property\(hint)", value: member.keyLocation, rule: additional.location)
        ]
    }

    /// Whether only one side sends the member, so that an example of the other side's lacks it rightly.
    private func isOneSided(_ name: String, _ properties: Node?) -> Bool {
        guard let property = properties?[name] else { return false }
        return [property, objects.target(of: property) ?? property].contains {
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
            return [violation("\(count) alternatives of oneOf match, exactly one may", value, list)]
        }
        if let meant = meant(value, list, schema) { return outcomes[meant] }
        if outcomes.count == 1 { return outcomes[0] }
        return [violation("no alternative of \(isOne ? "oneOf" : "anyOf") matches", value, list)]
    }

    /// The alternative that the discriminator, or else the shape of the value, speaks for.
    private func meant(_ value: Node, _ list: Node, _ schema: Node) -> Int? {
        let tag = schema["discriminator"]?["propertyName"]?.string ?? "type"
        guard let text = value[tag] else {
            let others = list.items.indices.filter { list.items[$0]["type"]?.string != "null" }
            return others.count == 1 && !value.isNull ? others[0] : nil
        }
        let fitting = list.items.indices.filter { index in
            let property = views.view(list.items[index]).property(tag)?.value
            return property.map { ($0["const"] ?? $0["enum"]) != nil && violations(of: text, $0).isEmpty } ?? false
        }
        return fitting.count == 1 ? fitting[0] : nil
    }
}
