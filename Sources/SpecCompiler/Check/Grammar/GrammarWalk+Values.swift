extension GrammarWalk {
    // MARK: Values

    /// Checks a value against its shape and visits its children.
    mutating func check(_ node: Node, _ shape: ValueShape, what: String) {
        switch shape {
        case .object(let kind):
            if node["$ref"] != nil, !kind.mayBeReference, Grammar.keyword("$ref", of: kind, in: .v31) == nil {
                findings.error("ref-place", "\(kind.noun) cannot be a $ref", at: node.location)
            } else {
                enter(node, kind)
            }
        case .place(.schema): enterSchema(node, what: what)
        case .place(let kind): if expect(shape, node, what: what) { enterPlace(node, kind) }
        case .schemaOrFlag: if node.bool == nil, expect(shape, node, what: what) { enterPlace(node, .schema) }
        case .list(let item):
            guard expect(shape, node, what: what) else { return }
            for element in node.items { check(element, item, what: "an item of \(what)") }
        case .namesOrTexts:
            guard expect(shape, node, what: what) else { return }
            for item in node.items { check(item, .text, what: "an item of \(what)") }
            for member in node.members {
                if case .null = member.value.value { continue }
                check(member.value, .text, what: "'\(member.key)'")
            }
        case .map(let value), .components(let value):
            guard expect(shape, node, what: what) else { return }
            for member in node.members { checkNamed(member, value, shape) }
        default: _ = expect(shape, node, what: what)
        }
    }

    private mutating func checkNamed(_ member: Node.Member, _ value: ValueShape, _ shape: ValueShape) {
        if case .components = shape, !Self.isComponentName(member.key) {
            findings.error(
                "component-name", "'\(member.key)' cannot name a component", at: member.keyLocation,
                help: "use letters, digits, '.', '-' and '_'")
        }
        check(member.value, value, what: "'\(member.key)'")
        if case .components(.place(.schema)) = shape, let schema = objects.target(of: member.value) {
            objects.namedSchemas.insert(ObjectIdentifier(schema))
        }
    }

    private static func isComponentName(_ name: String) -> Bool {
        !name.isEmpty && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || ".-_".contains($0)) }
    }

    private mutating func enterSchema(_ node: Node, what: String) {
        if node.bool != nil, objects.edition == .v30 {
            return findings.error(
                "keyword-edition", "a schema that is true or false needs OpenAPI 3.1, but this document is 3.0",
                at: node.location, help: "write {} for a schema that allows everything")
        }
        if node.bool != nil || expect(.place(.schema), node, what: what) { enterPlace(node, .schema) }
    }

    /// True if the value has the shape; adds a finding if it does not.
    mutating func expect(_ shape: ValueShape, _ node: Node, what: String) -> Bool {
        if Self.fits(node, shape) { return true }
        let came = Self.isShown(shape, node) ? NodeText.plain(node) : node.kind
        findings.error(
            "value-type", "\(what) must be \(shape.expectation), not \(came)", at: node.location,
            help: ValueHelp.text(for: node, shape))
        return false
    }

    /// True if a message should show the value instead of its type.
    private static func isShown(_ shape: ValueShape, _ node: Node) -> Bool {
        switch shape {
        case .word: node.string != nil
        case .count, .upTo, .number: node.number != nil
        default: false
        }
    }

    static func fits(_ node: Node, _ shape: ValueShape) -> Bool {
        switch shape {
        case .text: node.string != nil
        case .bool: node.bool != nil
        case .count: (node.integer ?? -1) >= 0
        case .upTo(let most): (node.integer ?? 0) >= 1 && (node.integer ?? 0) <= most
        case .number: node.number.map(\.isFinite) ?? false
        case .any: true
        case .word(let words): node.string.map(words.contains) ?? false
        case .object, .place, .map, .components: node.isMapping
        case .schemaOrFlag: node.isMapping || node.bool != nil
        case .list: node.isSequence
        case .namesOrTexts: node.isSequence || node.isMapping
        case .types: node.string != nil || node.isSequence
        }
    }
}
