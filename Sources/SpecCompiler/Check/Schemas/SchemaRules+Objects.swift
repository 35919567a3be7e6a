extension SchemaRules {
    // MARK: Members

    mutating func checkObject(_ schema: Node, _ view: SchemaView) {
        checkRequired(schema, view)
        checkRequirements(schema, view)
        if schema["readOnly"]?.bool == true, schema["writeOnly"]?.bool == true, let member = schema.member("writeOnly")
        {
            findings.error("keyword-fit", "nothing is both 'readOnly' and 'writeOnly'", at: member.keyLocation)
        }
    }

    private mutating func checkRequired(_ schema: Node, _ view: SchemaView) {
        guard let required = schema["required"], required.isSequence else { return }
        var seen: [String: Node] = [:]
        // The rules of a part are those of the whole.
        let isWhole = !isPartial(schema) && namesItsMembers(view)
        for name in required.items {
            guard let text = name.string else { continue }
            if let first = seen.updateValue(name, forKey: text) {
                findings.error(
                    "required-twice", "'\(text)' is required twice", at: name.location,
                    notes: [Diagnostic.Note("first required here", at: first.location)])
            }
            if isWhole, view.property(text) == nil { refuseUnknown(text, name, view) }
        }
    }

    /// Whether a required member without a property is a mistake: where nothing is named, anything may be required.
    private func namesItsMembers(_ view: SchemaView) -> Bool {
        !view.properties.isEmpty || view.all("additionalProperties").contains { $0.value.bool == false }
    }

    /// `anyOf` beside properties, where it says only which of them must come.
    private mutating func checkRequirements(_ schema: Node, _ view: SchemaView) {
        guard let anyOf = schema.member("anyOf"), anyOf.value.isListOfRequirements else { return }
        for name in anyOf.value.items.flatMap({ $0["required"]?.items ?? [] }) {
            if let text = name.string, view.property(text) == nil { refuseUnknown(text, name, view) }
        }
        if view.properties.count > Self.requirementPropertiesMax {
            findings.error(
                "keyword-unsupported",
                "'anyOf' of 'required' is enforced beside \(Self.requirementPropertiesMax) properties at most",
                at: anyOf.keyLocation)
        }
    }

    /// The members that a reader notes in one word.
    private static let requirementPropertiesMax = 64

    private mutating func refuseUnknown(_ text: String, _ name: Node, _ view: SchemaView) {
        findings.error(
            "required-unknown", "'\(text)' is required, and there is no such property", at: name.location,
            notes: view["properties"].map { [Diagnostic.Note("the properties are here", at: $0.keyLocation)] } ?? [],
            help: Suggestion.help(for: text, among: view.properties.map(\.key)))
    }

    // MARK: allOf, oneOf, anyOf

    mutating func checkCombination(_ schema: Node, _ view: SchemaView) {
        for keyword in ["allOf", "oneOf", "anyOf"] {
            guard let list = schema[keyword], list.isSequence, list.items.isEmpty else { continue }
            findings.error("value-type", "'\(keyword)' lists at least one schema", at: list.location)
        }
        if view.isTooLarge {
            findings.error(
                "all-of", "$ref and allOf make one schema of \(SchemaView.partsMax) others or more; fewer are enforced",
                at: schema.location)
        }
        if view.parts.count > 1 { checkParts(view) }
        if !isPartial(schema) { checkRequiredOfParts(schema, view) }
        checkNeighbours(schema, view)
        checkDiscriminator(schema, view)
    }

    /// What `required` of the parts names, which no part was asked for by itself.
    private mutating func checkRequiredOfParts(_ schema: Node, _ view: SchemaView) {
        guard namesItsMembers(view) else { return }
        for part in view.parts.dropFirst() where isPartial(part) {
            for name in part["required"]?.items ?? [] {
                if let text = name.string, view.property(text) == nil { refuseUnknown(text, name, view) }
            }
        }
    }

    /// Keywords of which one schema holds one.
    private static let single = [
        "pattern", "format", "multipleOf", "items", "enum", "const", "oneOf", "anyOf", "additionalProperties",
    ]

    private mutating func checkParts(_ view: SchemaView) {
        for keyword in Self.single {
            // That `additionalProperties` is true or false is asked about each part.
            let members = view.all(keyword).filter { $0.value.bool == nil || keyword == "const" }
            guard let first = members.first else { continue }
            for other in members.dropFirst() where !Self.isSame(first.value, other.value) {
                findings.error(
                    "all-of", "'\(keyword)' is also in another part of this schema, and only one is enforced yet",
                    at: other.keyLocation, notes: [Diagnostic.Note("the other one is here", at: first.keyLocation)])
            }
        }
        checkProperties(view)
        checkClosed(view)
    }

    private static func isSame(_ a: Node, _ b: Node) -> Bool {
        a === b || NodeText.json(a) == NodeText.json(b)
    }

    private mutating func checkProperties(_ view: SchemaView) {
        var seen: [String: Node.Member] = [:]
        for property in view.properties {
            guard let first = seen.updateValue(property, forKey: property.key),
                !Self.isSame(first.value, property.value)
            else { continue }
            findings.error(
                "all-of",
                "the property '\(property.key)' is also in another part of this schema, "
                    + "and only one is enforced yet",
                at: property.keyLocation, notes: [Diagnostic.Note("the other one is here", at: first.keyLocation)])
        }
    }

    /// A part that refuses unknown members refuses those of the other parts too.
    private mutating func checkClosed(_ view: SchemaView) {
        for part in view.parts {
            guard let closed = part.member("additionalProperties"), closed.value.bool != true else { continue }
            let known = Set(part["properties"]?.members.map(\.key) ?? [])
            guard let stranger = view.properties.first(where: { !known.contains($0.key) }) else { continue }
            findings.error(
                "all-of",
                "'additionalProperties' knows the properties of its own part only, so it is asked about "
                    + "'\(stranger.key)' too",
                at: closed.keyLocation,
                notes: [Diagnostic.Note("'\(stranger.key)' is declared here", at: stranger.keyLocation)],
                help: "declare all properties in one schema")
        }
    }

    /// Keywords that say nothing about a value, or that each alternative is asked for by itself.
    private static let beside: Set = [
        "$ref", "$defs", "type", "nullable", "oneOf", "anyOf", "allOf", "discriminator", "title", "description",
        "example", "examples", "default", "deprecated", "externalDocs", "$comment", "readOnly", "writeOnly", "$schema",
    ]

    private mutating func checkNeighbours(_ schema: Node, _ view: SchemaView) {
        guard let union = view["oneOf"] ?? view["anyOf"], !view.alternatives.isEmpty else { return }
        if union.key == "oneOf", let second = view["anyOf"] {
            findings.error("keyword-unsupported", "'anyOf' beside 'oneOf' is not enforced yet", at: second.keyLocation)
        }
        for member in view.parts.flatMap(\.members) where !Self.beside.contains(member.key) {
            guard !member.key.hasPrefix("x-"), Grammar.keyword(member.key, of: .schema, in: .v31)?.use != .refused
            else { continue }
            findings.error(
                "keyword-unsupported", "'\(member.key)' beside '\(union.key)' is not enforced yet",
                at: member.keyLocation, help: "write it into each alternative")
        }
        checkTypeBeside(union, view)
    }

    private mutating func checkTypeBeside(_ union: Node.Member, _ view: SchemaView) {
        guard let types = view.types, let type = view["type"] else { return }
        for alternative in view.alternatives {
            let own = views.view(alternative)
            if let other = own.types ?? own.valueTypes, other.isSubset(of: types.union(["null"])) { continue }
            if let other = own.chosenTypes, other.isSubset(of: types) { continue }
            // What an alternative chooses between is asked of its own alternatives.
            if !own.alternatives.isEmpty, own.types == nil { continue }
            findings.error(
                "keyword-unsupported", "'type' beside '\(union.key)' is enforced only where each alternative has it",
                at: type.keyLocation, notes: [Diagnostic.Note("this alternative has not", at: alternative.location)])
            return
        }
    }

    private mutating func checkDiscriminator(_ schema: Node, _ view: SchemaView) {
        guard let discriminator = schema.member("discriminator"), discriminator.value.isMapping else { return }
        guard !view.alternatives.isEmpty else {
            return findings.error(
                "keyword-unsupported", "'discriminator' without 'oneOf' or 'anyOf' is not enforced yet",
                at: discriminator.keyLocation, help: "list the alternatives in 'oneOf'")
        }
        let targets = view.alternatives.filter { !isNull($0) }.compactMap { node in
            objects.target(of: node).map { (node: node, target: $0) }
        }
        for member in discriminator.value["mapping"]?.members ?? [] {
            checkMapping(member, targets.map(\.target))
        }
        guard let name = discriminator.value["propertyName"], let text = name.string else { return }
        for (node, _) in targets { checkTag(text, name, in: node) }
    }

    private func isNull(_ node: Node) -> Bool { views.view(node).types == ["null"] }

    private mutating func checkMapping(_ member: Node.Member, _ targets: [Node]) {
        guard let text = member.value.string else { return }
        let isPlain = !text.contains("/") && !text.contains(".") && !text.contains("#")
        guard !isPlain else {
            return findings.error(
                "discriminator-mapping", "a mapping names its schema as a $ref does", at: member.value.location,
                help: "write '#/components/schemas/\(text)'")
        }
        switch objects.documents.resolve(member.value).flatMap(objects.documents.follow) {
        case .failure(let diagnostic): findings.add(diagnostic)
        case .success(let target):
            guard !targets.contains(where: { $0 === target.node }) else { return }
            findings.error(
                "discriminator-mapping", "this is none of the alternatives", at: member.value.location,
                notes: [Diagnostic.Note("the schema is here", at: target.node.location)])
        }
    }

    private mutating func checkTag(_ text: String, _ name: Node, in alternative: Node) {
        let view = views.view(alternative)
        let isRequired = view.all("required").contains { $0.value.items.contains { $0.string == text } }
        // An alternative of alternatives is asked in its own place.
        guard view.alternatives.isEmpty else { return }
        if isRequired, let property = view.property(text) {
            return checkTagless(views.view(property.value), name, in: alternative)
        }
        findings.error(
            "discriminator-property", "every alternative requires the property '\(text)'", at: name.location,
            notes: [Diagnostic.Note("this one does not", at: alternative.location)])
    }
    /// What an alternative is called: its schema's name, or what the schema says about the property.
    private mutating func checkTagless(_ property: SchemaView, _ name: Node, in alternative: Node) {
        guard alternative["$ref"] == nil, !property.has("const"), !property.has("enum") else { return }
        findings.error(
            "discriminator-property", "no value of the property '\(name.string ?? "")' stands for this alternative",
            at: alternative.location, notes: [Diagnostic.Note("the property is named here", at: name.location)],
            help: "give the property a const there, or put the schema into components/schemas")
    }
}
