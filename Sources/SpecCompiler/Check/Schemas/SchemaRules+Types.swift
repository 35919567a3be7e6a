extension SchemaRules {
    /// The rules of one schema.
    mutating func check(_ schema: Node, _ folded: FoldedSchema) {
        checkTypes(schema, folded)
        checkFormat(schema, folded)
        checkFit(schema, folded)
        checkObject(schema, folded)
        checkCombination(schema, folded)
        checkEnum(schema)
        checkValuesLeft(schema, folded)
    }

    // MARK: Types

    private mutating func checkTypes(_ schema: Node, _ folded: FoldedSchema) {
        if let type = schema["type"] { checkNames(type) }
        if let types = folded.types, types.isEmpty, schema["allOf"] != nil || schema["$ref"] != nil {
            let member = schema.member("allOf") ?? schema.member("$ref")
            findings.error(
                "type-conflict", "the parts of this schema have no type in common",
                at: member?.keyLocation ?? schema.location,
                notes: folded.members("type").prefix(5).map {
                    Diagnostic.Note("this part allows \(NodeText.json($0.value))", at: $0.value.location)
                })
        }
        guard let member = schema.member("type") ?? schema.member("nullable") else { return }
        if schema["nullable"]?.bool == true, schema["type"] == nil, !folded.addsNull {
            let place = schema.member("nullable")?.keyLocation ?? member.keyLocation
            findings.lenient(
                "keyword-fit", "'nullable' has no effect without 'type' beside it", at: place,
                help: "add the type, or write nullable: true beside the type")
        }
        refuseUnreadable(member, folded)
    }

    private mutating func checkNames(_ type: Node) {
        if type.isSequence, objects.edition == .v30 {
            return findings.error(
                "keyword-edition", "a list of types needs OpenAPI 3.1, but this document is 3.0", at: type.location,
                help: "write one type, and nullable: true")
        }
        if type.isSequence, type.items.isEmpty {
            findings.error("value-type", "'type' must list at least one type", at: type.location)
        }
        var seen: [String: Node] = [:]
        for name in type.isSequence ? type.items : [type] { checkName(name, &seen) }
    }

    private mutating func checkName(_ name: Node, _ seen: inout [String: Node]) {
        guard let text = name.string else {
            let help = name.isNull ? "write 'null' in quotes" : nil
            return findings.error(
                "type-unknown", "a type must be text, not \(name.kind)", at: name.location, help: help)
        }
        if let first = seen.updateValue(name, forKey: text) {
            findings.error(
                "type-unknown", "the type '\(text)' is listed twice", at: name.location,
                notes: [Diagnostic.Note("first listed here", at: first.location)])
        }
        let isKnown = SchemaGrammar.types.contains(text) && !(text == "null" && objects.edition == .v30)
        guard !isKnown else { return }
        if text == "null" {
            return findings.error(
                "keyword-edition", "the type 'null' needs OpenAPI 3.1, but this document is 3.0", at: name.location,
                help: "write nullable: true beside the type")
        }
        let help = text == "file" ? "use type: string with format: binary" : nil
        findings.error(
            "type-unknown", "the type '\(text)' does not exist", at: name.location,
            help: help ?? Suggestion.help(for: text, among: SchemaGrammar.types)
                ?? "the types are " + SchemaGrammar.types.joined(separator: ", "))
    }

    /// Rejects unions of types with an object that needs a Swift type of its own.
    private mutating func refuseUnreadable(_ member: Node.Member, _ folded: FoldedSchema) {
        guard let types = folded.valueTypes, !folded.has("enum"), !folded.has("const") else { return }
        guard types.isSubset(of: SchemaGrammar.types) else { return }
        guard types.count > 1, types != ["integer", "number"], folded.alternatives.isEmpty else { return }
        guard types.contains("object"), !folded.declaredProperties.isEmpty || folded.has("required") else { return }
        findings.error(
            "keyword-unsupported", "an object with members beside other types is not enforced yet",
            at: member.value.location, help: "write oneOf with a schema for each type")
    }

    // MARK: Formats

    /// The formats with a rule or a type, and the types that they fit.
    static let formats: [String: Set<String>] = [
        "uuid": ["string"], "email": ["string"], "date": ["string"], "date-time": ["string"], "uri": ["string"],
        "uri-reference": ["string"], "byte": ["string"], "binary": ["string"], "password": ["string"],
        "int32": ["integer"], "int64": ["integer"], "float": ["number"], "double": ["number"],
    ]
    private static let formatNames = [
        "uuid", "email", "date", "date-time", "uri", "uri-reference", "byte", "binary", "password", "int32", "int64",
        "float", "double",
    ]
    /// Formats with a Swift type of their own, which supports no further rules.
    private static let typedFormats: Set = ["uuid", "date", "date-time"]

    private mutating func checkFormat(_ schema: Node, _ folded: FoldedSchema) {
        guard let format = schema["format"], let name = format.string else { return }
        guard let types = Self.formats[name] else {
            return findings.lenient(
                "format-unknown", "the format '\(name)' is not enforced", at: format.location,
                help: Suggestion.help(for: name, among: Self.formatNames)
                    ?? "the formats are " + Self.formatNames.joined(separator: ", "))
        }
        guard let own = folded.types.map({ _ in folded.valueTypes ?? [] }), own.isDisjoint(with: types),
            own.isSubset(of: SchemaGrammar.types)
        else { return }
        findings.lenient(
            "keyword-fit", "the format '\(name)' does not fit the type \(Self.list(own))", at: format.location)
    }

    private static func list(_ types: Set<String>) -> String { types.sorted().joined(separator: " or ") }

    // MARK: Keywords and types

    private static let fits: [(type: Set<String>, keywords: [String])] = [
        (["string"], ["minLength", "maxLength", "pattern"]),
        (["integer", "number"], ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]),
        (["array"], ["items", "minItems", "maxItems", "uniqueItems"]),
        (["object"], ["properties", "required", "additionalProperties"]),
    ]

    private mutating func checkFit(_ schema: Node, _ folded: FoldedSchema) {
        // OpenAPI 3.0 ignores keywords beside a `$ref`, which the grammar reports.
        if objects.edition == .v30, schema["$ref"] != nil { return }
        if folded.types == nil {
            refuseTypeless(schema, folded)
        } else {
            for (types, keywords) in Self.fits {
                for member in keywords.compactMap({ schema.member($0) }) { checkFit(member, types, folded) }
            }
        }
        guard let format = folded["format"]?.string, Self.typedFormats.contains(format) else { return }
        for member in ["minLength", "maxLength", "pattern"].compactMap({ schema.member($0) }) {
            findings.error(
                "keyword-unsupported", "'\(member.key)' beside the format '\(format)' is not enforced yet",
                at: member.keyLocation)
        }
    }

    private mutating func checkFit(_ member: Node.Member, _ types: Set<String>, _ folded: FoldedSchema) {
        let own = folded.valueTypes ?? []
        guard own.isDisjoint(with: types), own.isSubset(of: SchemaGrammar.types) else { return }
        // 'required: true' on a property is already reported by the grammar.
        if member.key == "required", !member.value.isSequence { return }
        findings.lenient(
            "keyword-fit", "'\(member.key)' does not fit the type \(Self.list(own))", at: member.keyLocation,
            notes: folded.member("type").map { [Diagnostic.Note("the type is here", at: $0.value.location)] } ?? [])
    }

    /// Rejects keywords of one type in a schema without 'type', which would allow any value of the other types.
    private mutating func refuseTypeless(_ schema: Node, _ folded: FoldedSchema) {
        guard !isTypedElsewhere(schema), folded.alternatives.isEmpty, folded.chosenTypes == nil else { return }
        for part in folded.nodes {
            for (types, keywords) in Self.fits + [(["string"], ["format"])] {
                for member in keywords.compactMap({ part.member($0) }) {
                    findings.error(
                        "type-missing", "'\(member.key)' is enforced only with a 'type' beside it",
                        at: member.keyLocation,
                        help: "write " + types.sorted().map { "type: \($0)" }.joined(separator: " or "))
                }
            }
        }
    }

    // MARK: Enums

    private mutating func checkEnum(_ schema: Node) {
        guard let values = schema["enum"], values.isSequence else { return }
        if values.items.isEmpty { findings.error("enum", "'enum' must list at least one value", at: values.location) }
        var seen: [[UInt8]: Node] = [:]
        for value in values.items {
            guard let first = seen.updateValue(value, forKey: NodeText.canonical(value)) else { continue }
            findings.lenient(
                "enum", "the value \(NodeText.json(value)) is listed twice", at: value.location,
                notes: [Diagnostic.Note("first listed here", at: first.location)])
        }
    }

    /// Rejects an `enum` or `const` in a part of the schema of which the other parts allow no value.
    private mutating func checkValuesLeft(_ schema: Node, _ folded: FoldedSchema) {
        guard schema["enum"] == nil, schema["const"] == nil, !isPartial(schema),
            schema["allOf"] != nil || isRefined(schema),
            let member = folded.member("const") ?? folded.member("enum"),
            validator.allowedValues(folded)?.isEmpty == true
        else { return }
        findings.error(
            "enum", "no value of '\(member.key)' is allowed by the other parts of this schema", at: schema.location,
            notes: [Diagnostic.Note("'\(member.key)' is here", at: member.keyLocation)])
    }

    /// True for a `$ref` with rules beside it.
    private func isRefined(_ schema: Node) -> Bool { schema["$ref"] != nil && schema.members.count > 1 }
}
