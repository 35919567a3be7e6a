extension SchemaRules {
    /// The rules of one schema.
    mutating func check(_ schema: Node, _ view: SchemaView) {
        checkTypes(schema, view)
        checkFormat(schema, view)
        checkFit(schema, view)
        checkObject(schema, view)
        checkCombination(schema, view)
        checkEnum(schema)
    }

    // MARK: Types

    private mutating func checkTypes(_ schema: Node, _ view: SchemaView) {
        if let type = schema["type"] { checkNames(type) }
        if let types = view.types, types.isEmpty, schema["allOf"] != nil || schema["$ref"] != nil {
            let member = schema.member("allOf") ?? schema.member("$ref")
            findings.error(
                "type-conflict", "no type is left that all parts of this schema allow",
                at: member?.keyLocation ?? schema.location,
                notes: view.all("type").prefix(5).map {
                    Diagnostic.Note("this part allows \(NodeText.json($0.value))", at: $0.value.location)
                })
        }
        guard let member = schema.member("type") ?? schema.member("nullable") else { return }
        if schema["nullable"]?.bool == true, schema["type"] == nil, schema["$ref"] == nil {
            let place = schema.member("nullable")?.keyLocation ?? member.keyLocation
            findings.error(
                "keyword-fit", "'nullable' means nothing without 'type' beside it", at: place,
                help: "add the type, or write nullable: true where the type stands")
        }
        refuseUnreadable(member, view)
    }

    private mutating func checkNames(_ type: Node) {
        if type.isSequence, objects.edition == .v30 {
            return findings.error(
                "keyword-edition", "a list of types is of OpenAPI 3.1, and this document is 3.0", at: type.location,
                help: "write one type, and nullable: true")
        }
        if type.isSequence, type.items.isEmpty {
            findings.error("value-type", "'type' names at least one type", at: type.location)
        }
        var seen: [String: Node] = [:]
        for name in type.isSequence ? type.items : [type] { checkName(name, &seen) }
    }

    private mutating func checkName(_ name: Node, _ seen: inout [String: Node]) {
        guard let text = name.string else {
            let help = name.isNull ? "write 'null' in quotes" : nil
            return findings.error(
                "type-unknown", "a type is text, and this is \(name.kind)", at: name.location, help: help)
        }
        if let first = seen.updateValue(name, forKey: text) {
            findings.error(
                "type-unknown", "the type '\(text)' is named twice", at: name.location,
                notes: [Diagnostic.Note("first named here", at: first.location)])
        }
        let isKnown = SchemaGrammar.types.contains(text) && !(text == "null" && objects.edition == .v30)
        guard !isKnown else { return }
        if text == "null" {
            return findings.error(
                "keyword-edition", "the type 'null' is of OpenAPI 3.1, and this document is 3.0", at: name.location,
                help: "write nullable: true beside the type")
        }
        let help = text == "file" ? "use type: string with format: binary" : nil
        findings.error(
            "type-unknown", "there is no type '\(text)'", at: name.location,
            help: help ?? Suggestion.help(for: text, among: SchemaGrammar.types)
                ?? "the types are " + SchemaGrammar.types.joined(separator: ", "))
    }

    /// Several types become one Swift type, unless one of them has a name of its own.
    private mutating func refuseUnreadable(_ member: Node.Member, _ view: SchemaView) {
        guard let types = view.valueTypes, !view.has("enum"), !view.has("const") else { return }
        guard types.isSubset(of: SchemaGrammar.types) else { return }
        guard types.count > 1, types != ["integer", "number"], view.alternatives.isEmpty else { return }
        guard types.contains("object"), !view.properties.isEmpty || view.has("required") else { return }
        findings.error(
            "keyword-unsupported", "an object with members beside other types is not enforced yet",
            at: member.value.location, help: "write oneOf with a schema for each type")
    }

    // MARK: Formats

    private static let formats: [String: Set<String>] = [
        "uuid": ["string"], "email": ["string"], "date": ["string"], "date-time": ["string"], "uri": ["string"],
        "byte": ["string"], "binary": ["string"], "password": ["string"], "int32": ["integer"],
        "int64": ["integer"], "float": ["number"], "double": ["number"],
    ]
    private static let formatNames = [
        "uuid", "email", "date", "date-time", "uri", "byte", "binary", "password", "int32", "int64", "float", "double",
    ]
    /// Formats whose values have a Swift type of their own, which holds no further rules.
    private static let typedFormats: Set = ["uuid", "date", "date-time"]

    private mutating func checkFormat(_ schema: Node, _ view: SchemaView) {
        guard let format = schema["format"], let name = format.string else { return }
        guard let types = Self.formats[name] else {
            return findings.error(
                "format-unknown", "the format '\(name)' is not enforced", at: format.location,
                help: Suggestion.help(for: name, among: Self.formatNames)
                    ?? "the formats are " + Self.formatNames.joined(separator: ", "))
        }
        guard let own = view.types.map({ _ in view.valueTypes ?? [] }), own.isDisjoint(with: types),
            own.isSubset(of: SchemaGrammar.types)
        else { return }
        findings.error(
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

    private mutating func checkFit(_ schema: Node, _ view: SchemaView) {
        // OpenAPI 3.0 reads no keyword beside a `$ref`, which the grammar says.
        if objects.edition == .v30, schema["$ref"] != nil { return }
        if view.types == nil {
            refuseTypeless(schema, view)
        } else {
            for (types, keywords) in Self.fits {
                for member in keywords.compactMap({ schema.member($0) }) { checkFit(member, types, view) }
            }
        }
        guard let format = view["format"]?.value.string, Self.typedFormats.contains(format) else { return }
        for member in ["minLength", "maxLength", "pattern"].compactMap({ schema.member($0) }) {
            findings.error(
                "keyword-unsupported", "'\(member.key)' beside the format '\(format)' is not enforced yet",
                at: member.keyLocation)
        }
    }

    private mutating func checkFit(_ member: Node.Member, _ types: Set<String>, _ view: SchemaView) {
        let own = view.valueTypes ?? []
        guard own.isDisjoint(with: types), own.isSubset(of: SchemaGrammar.types) else { return }
        // 'required: true' on a property is one mistake, and the grammar has told it.
        if member.key == "required", !member.value.isSequence { return }
        findings.error(
            "keyword-fit", "'\(member.key)' does not fit the type \(Self.list(own))", at: member.keyLocation,
            notes: view["type"].map { [Diagnostic.Note("the type is here", at: $0.value.location)] } ?? [])
    }

    /// A keyword says nothing about values of other types, which a schema without 'type' allows: few mean that.
    private mutating func refuseTypeless(_ schema: Node, _ view: SchemaView) {
        guard !isTypedElsewhere(schema), view.alternatives.isEmpty, view.chosenTypes == nil else { return }
        for part in view.parts {
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
        if values.items.isEmpty { findings.error("enum", "'enum' lists at least one value", at: values.location) }
        var seen: [String: Node] = [:]
        for value in values.items {
            guard let first = seen.updateValue(value, forKey: NodeText.json(value)) else { continue }
            findings.error(
                "enum", "the value \(NodeText.json(value)) is listed twice", at: value.location,
                notes: [Diagnostic.Note("first listed here", at: first.location)])
        }
    }
}
