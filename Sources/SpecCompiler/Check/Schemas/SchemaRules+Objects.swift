import SpecValues

extension SchemaRules {
    // MARK: Members

    mutating func checkObject(_ schema: Node, _ folded: FoldedSchema) {
        checkRequired(schema, folded)
        checkRequirements(schema, folded)
        if schema["readOnly"]?.bool == true, schema["writeOnly"]?.bool == true, let member = schema.member("writeOnly")
        {
            findings.error("keyword-fit", "a schema cannot be both 'readOnly' and 'writeOnly'", at: member.keyLocation)
        }
    }

    private mutating func checkRequired(_ schema: Node, _ folded: FoldedSchema) {
        guard let required = schema["required"], required.isSequence else { return }
        var seen: [[UInt8]: Node] = [:]
        // The rules of a part are those of the whole.
        let isWhole = !isPartial(schema) && namesItsMembers(folded)
        for name in required.items {
            guard let text = name.string else { continue }
            if let first = seen.updateValue(name, forKey: Array(text.utf8)) {
                findings.error(
                    "required-twice", "'\(text)' is required twice", at: name.location,
                    notes: [Diagnostic.Note("first required here", at: first.location)])
            }
            if isWhole, folded.property(text) == nil { refuseUnknown(text, name, folded, isLenient: true) }
        }
    }

    /// True if a required name must be a declared property: a schema without properties may require any name.
    private func namesItsMembers(_ folded: FoldedSchema) -> Bool {
        !folded.declaredProperties.isEmpty || folded.members("additionalProperties").contains { $0.value.bool == false }
    }

    /// Checks an `anyOf` that lists only which properties are required.
    private mutating func checkRequirements(_ schema: Node, _ folded: FoldedSchema) {
        guard let anyOf = schema.member("anyOf"), anyOf.value.isListOfRequirements else { return }
        for name in anyOf.value.items.flatMap({ $0["required"]?.items ?? [] }) {
            if let text = name.string, folded.property(text) == nil { refuseUnknown(text, name, folded) }
        }
        if folded.declaredProperties.count > Self.requirementPropertiesMax {
            findings.error(
                "keyword-unsupported",
                "'anyOf' of 'required' is supported beside at most \(Self.requirementPropertiesMax) properties",
                at: anyOf.keyLocation)
        }
    }

    /// The maximum number of properties that a decoder tracks in one machine word.
    private static let requirementPropertiesMax = 64

    private mutating func refuseUnknown(
        _ text: String, _ name: Node, _ folded: FoldedSchema, isLenient: Bool = false
    ) {
        let isClosed = folded.members("additionalProperties").contains { $0.value.bool == false }
        findings.add(
            isLenient && !isClosed, "required-unknown", "the required property '\(text)' is not declared",
            at: name.location,
            notes: folded.member("properties").map { [Diagnostic.Note("the properties are here", at: $0.keyLocation)] }
                ?? [],
            help: Suggestion.help(for: text, among: folded.declaredProperties.map(\.key)))
    }

    // MARK: allOf, oneOf, anyOf

    mutating func checkCombination(_ schema: Node, _ folded: FoldedSchema) {
        for keyword in ["allOf", "oneOf", "anyOf"] {
            guard let list = schema[keyword], list.isSequence, list.items.isEmpty else { continue }
            findings.error("value-type", "'\(keyword)' must list at least one schema", at: list.location)
        }
        if folded.isTooLarge {
            findings.error(
                "all-of", "$ref and allOf combine \(FoldedSchema.partsMax) schemas or more; only fewer are supported",
                at: schema.location)
        }
        if folded.parts.count > 1 { checkParts(folded) }
        if !isPartial(schema) { checkRequiredOfParts(schema, folded) }
        checkNeighbours(schema, folded)
        checkDiscriminator(schema, folded)
    }

    /// Checks the names in `required` of the parts against the properties of the whole schema.
    private mutating func checkRequiredOfParts(_ schema: Node, _ folded: FoldedSchema) {
        guard namesItsMembers(folded) else { return }
        for part in folded.nodes.dropFirst() where isPartial(part) {
            for name in part["required"]?.items ?? [] {
                if let text = name.string, folded.property(text) == nil {
                    refuseUnknown(text, name, folded, isLenient: true)
                }
            }
        }
    }

    /// Keywords that a schema may have only once among all its parts.
    private static let single = [
        "pattern", "format", "multipleOf", "items", "enum", "const", "oneOf", "anyOf", "additionalProperties",
    ]

    private mutating func checkParts(_ folded: FoldedSchema) {
        for keyword in Self.single {
            // `additionalProperties: true` or `false` is checked for each part.
            let members = folded.members(keyword).filter { $0.value.bool == nil || keyword == "const" }
            guard let first = members.first else { continue }
            for other in members.dropFirst() where !Self.isSame(first.value, other.value) {
                findings.error(
                    "all-of", "'\(keyword)' is also in another part of this schema, and only one is enforced yet",
                    at: other.keyLocation, notes: [Diagnostic.Note("the other one is here", at: first.keyLocation)])
            }
        }
        checkProperties(folded)
        checkClosed(folded)
    }

    private static func isSame(_ a: Node, _ b: Node) -> Bool {
        a === b || NodeText.json(a) == NodeText.json(b)
    }

    private mutating func checkProperties(_ folded: FoldedSchema) {
        var seen: [[UInt8]: Node.Member] = [:]
        for property in folded.declaredProperties {
            guard let first = seen.updateValue(property, forKey: Array(property.key.utf8)),
                !Self.isSame(first.value, property.value)
            else { continue }
            findings.error(
                "all-of",
                "the property '\(property.key)' is also in another part of this schema, "
                    + "and only one is enforced yet",
                at: property.keyLocation, notes: [Diagnostic.Note("the other one is here", at: first.keyLocation)])
        }
    }

    /// Rejects a part that disallows unknown members: it would disallow those of the other parts too.
    private mutating func checkClosed(_ folded: FoldedSchema) {
        for part in folded.nodes {
            guard let closed = part.member("additionalProperties"), closed.value.bool != true else { continue }
            let known = Set(part["properties"]?.members.map(\.key) ?? [])
            guard let stranger = folded.declaredProperties.first(where: { !known.contains($0.key) }) else { continue }
            findings.error(
                "all-of",
                "'additionalProperties' covers only the properties of its own part, so it applies to "
                    + "'\(stranger.key)' too",
                at: closed.keyLocation,
                notes: [Diagnostic.Note("'\(stranger.key)' is declared here", at: stranger.keyLocation)],
                help: "declare all properties in one schema")
        }
    }

    /// Keywords that do not constrain a value, or that are checked for each alternative.
    private static let beside: Set = [
        "$ref", "$defs", "type", "nullable", "oneOf", "anyOf", "allOf", "discriminator", "title", "description",
        "example", "examples", "default", "deprecated", "externalDocs", "$comment", "readOnly", "writeOnly", "$schema",
    ]

    private mutating func checkNeighbours(_ schema: Node, _ folded: FoldedSchema) {
        guard let union = folded.member("oneOf") ?? folded.member("anyOf"), !folded.alternatives.isEmpty else { return }
        // The listed values are judged by all rules when the code is generated.
        if folded.has("enum") || folded.has("const") { return }
        if union.key == "oneOf", let second = folded.member("anyOf") {
            findings.error("keyword-unsupported", "'anyOf' beside 'oneOf' is not enforced yet", at: second.keyLocation)
        }
        for member in folded.nodes.flatMap(\.members) where !Self.beside.contains(member.key) {
            guard !member.key.hasPrefix("x-"), let keyword = Grammar.keyword(member.key, of: .schema, in: .v31),
                keyword.use != .refused, !isKept(member, by: folded.alternatives)
            else { continue }
            findings.error(
                "keyword-unsupported", "'\(member.key)' beside '\(union.key)' is not enforced yet",
                at: member.keyLocation, help: "write it into each alternative")
        }
        checkTypeBeside(union, folded)
    }

    /// True if the values that the alternatives list keep the keyword anyway, or if it is an annotation.
    private func isKept(_ member: Node.Member, by alternatives: [Node]) -> Bool {
        if member.key == "format", Self.formats[member.value.string ?? ""] == nil { return true }
        let lists = alternatives.map { validator.allowedValues(folds.fold($0)) }
        guard ["format", "enum"].contains(member.key), !lists.contains(where: { $0 == nil }) else { return false }
        let values = lists.flatMap { $0 ?? [] }.filter { !$0.isNull }
        guard member.key == "format", let format = member.value.string else {
            return values.allSatisfy { value in member.value.items.contains { SchemaValidator.isEqual($0, value) } }
        }
        return values.allSatisfy { value in
            if let text = value.string { return FormatCheck.expectation(of: text, format) == nil }
            return format != "int32" || value.exact?.integer(as: Int32.self) != nil
        }
    }

    private mutating func checkTypeBeside(_ union: Node.Member, _ folded: FoldedSchema) {
        guard let types = folded.types, let type = folded.member("type") else { return }
        for alternative in folded.alternatives {
            let own = folds.fold(alternative)
            if let other = own.types ?? own.valueTypes, other.isSubset(of: types.union(["null"])) { continue }
            if let other = own.chosenTypes, other.isSubset(of: types) { continue }
            // A nested union is checked by its own alternatives.
            if !own.alternatives.isEmpty, own.types == nil { continue }
            findings.error(
                "keyword-unsupported", "'type' beside '\(union.key)' is enforced only if each alternative has it",
                at: type.keyLocation,
                notes: [Diagnostic.Note("this alternative does not have it", at: alternative.location)])
            return
        }
    }

    private mutating func checkDiscriminator(_ schema: Node, _ folded: FoldedSchema) {
        guard let discriminator = schema.member("discriminator"), discriminator.value.isMapping else { return }
        guard !folded.alternatives.isEmpty else {
            return findings.error(
                "keyword-unsupported", "'discriminator' without 'oneOf' or 'anyOf' is not enforced yet",
                at: discriminator.keyLocation, help: "list the alternatives in 'oneOf'")
        }
        let targets = folded.alternatives.filter { !isNull($0) }.compactMap { node in
            objects.target(of: node).map { (node: node, target: $0) }
        }
        for member in discriminator.value["mapping"]?.members ?? [] {
            checkMapping(member, targets.map(\.target))
        }
        guard let name = discriminator.value["propertyName"], let text = name.string else { return }
        for (node, _) in targets { checkTag(text, name, in: node) }
        checkTags(discriminator.value, text, targets.map(\.node))
    }

    /// Rejects a value that selects two alternatives, and an alternative that no value selects.
    private mutating func checkTags(_ discriminator: Node, _ property: String, _ alternatives: [Node]) {
        var seen: [String: DiscriminatorTags.Tag] = [:]
        let all = DiscriminatorTags(discriminator, of: alternatives, objects.documents, folds).all
        for (alternative, tags) in zip(alternatives, all) {
            if tags.isEmpty {
                findings.error(
                    "discriminator-property", "no value of '\(property)' selects this alternative",
                    at: alternative.location, help: "the mapping gives its values to other alternatives")
            }
            for tag in tags {
                guard let first = seen.updateValue(tag, forKey: tag.text) else { continue }
                findings.error(
                    "discriminator-property", "the value '\(tag.text)' of '\(property)' selects two alternatives",
                    at: tag.location, notes: [Diagnostic.Note("the other one is here", at: first.location)],
                    help: "say in 'mapping' which one is meant")
            }
        }
    }

    private func isNull(_ node: Node) -> Bool { folds.fold(node).types == ["null"] }

    private mutating func checkMapping(_ member: Node.Member, _ targets: [Node]) {
        guard member.value.string != nil else { return }
        switch objects.documents.mapped(member.value) {
        case .failure(let diagnostic): findings.add(diagnostic)
        case .success(let target):
            guard !targets.contains(where: { $0 === target.node }) else { return }
            findings.error(
                "discriminator-mapping", "this is not one of the alternatives", at: member.value.location,
                notes: [Diagnostic.Note("the schema is here", at: target.node.location)])
        }
    }

    private mutating func checkTag(_ text: String, _ name: Node, in alternative: Node) {
        let folded = folds.fold(alternative)
        let isRequired = folded.required.contains(text)
        // A nested union is checked in its own place.
        guard folded.alternatives.isEmpty else { return }
        if isRequired, let property = folded.property(text) {
            return checkTagless(folds.fold(property.value), name, in: alternative)
        }
        findings.error(
            "discriminator-property", "every alternative must require the property '\(text)'", at: name.location,
            notes: [Diagnostic.Note("this one does not", at: alternative.location)])
    }
    /// Checks that an alternative has a discriminator value: its schema's name, or a const or enum of the property.
    private mutating func checkTagless(_ property: FoldedSchema, _ name: Node, in alternative: Node) {
        guard alternative["$ref"] == nil, !property.has("const"), !property.has("enum") else { return }
        findings.error(
            "discriminator-property", "no value of the property '\(name.string ?? "")' selects this alternative",
            at: alternative.location, notes: [Diagnostic.Note("the property is named here", at: name.location)],
            help: "give the property a const there, or put the schema into components/schemas")
    }
}
