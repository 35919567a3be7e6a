extension SchemaLowering {
    /// The type of a plain value; `name` names its pattern if it has one.
    mutating func scalar(_ folded: FoldedSchema, name: String) -> TypeUse {
        let format = folded["format"]?.string
        switch folded.type {
        case "string"?: return text(folded, format, name)
        case "integer"?:
            let bits = format == "int32" ? 32 : 64
            return .integer(bits: bits, integers(folded, bits: bits))
        case "number"?: return .number(decimals(folded))
        case "boolean"?: return .bool
        default: return .any
        }
    }

    /// The type of a `const`, or of an `enum` with values other than strings. Check has validated the values against
    /// the schema's other rules.
    func chosen(_ values: [Node], _ folded: FoldedSchema) -> TypeUse {
        let type = Self.type(of: values, bits: folded["format"]?.string == "int32" ? 32 : 64)
        let texts = values.map { Self.json($0, of: type) }
        return folded["const"] == nil ? .choice(type, json: texts) : .constant(type, json: texts[0])
    }

    /// The type that all values have.
    private static func type(of values: [Node], bits: Int) -> TypeUse {
        if values.allSatisfy({ $0.string != nil }) { return .text(TextRuleModel()) }
        if values.allSatisfy({ $0.bool != nil }) { return .bool }
        if values.allSatisfy({ $0.integer != nil }) { return .integer(bits: bits, NumberRuleModel()) }
        return values.allSatisfy { $0.number?.isFinite == true } ? .number(NumberRuleModel()) : .any
    }

    /// The value as JSON text that is also a Swift literal of the type.
    private static func json(_ value: Node, of type: TypeUse) -> String {
        switch type {
        case .integer: value.integer.map { "\($0)" } ?? NodeText.json(value)
        default: NodeText.json(value)
        }
    }

    mutating func text(_ folded: FoldedSchema, _ format: String?, _ name: String) -> TypeUse {
        switch format {
        case "uuid"?: return .identifier
        case "date-time"?: return .timestamp
        case "date"?: return .date
        case "byte"?: return .bytes(textRule(folded, format: nil, name))
        case "email"?, "uri"?: return .text(textRule(folded, format: format, name))
        case "uri-reference"?: return .text(reference(folded, name))
        default: return .text(textRule(folded, format: nil, name))
        }
    }

    private mutating func reference(_ folded: FoldedSchema, _ name: String) -> TextRuleModel {
        var rule = textRule(folded, format: "uriReference", name)
        if let scheme = folded["x-signed"]?.string {
            rule.isSigned = true
            signingScheme = scheme
        }
        return rule
    }

    mutating func textRule(_ folded: FoldedSchema, format: String?, _ name: String) -> TextRuleModel {
        TextRuleModel(
            minimum: folded.all("minLength").compactMap(\.integer).max() ?? 0,
            maximum: folded.all("maxLength").compactMap(\.integer).min(),
            pattern: folded["pattern"].flatMap { pattern($0, folded["description"]?.string, name) }, format: format)
    }

    /// The longest pattern shown to clients; longer ones are replaced by the schema's description or truncated.
    private static let shownPatternMax = 80

    private static func meaning(of pattern: String, _ description: String?) -> String? {
        let scalars = pattern.unicodeScalars
        guard scalars.count > shownPatternMax else { return nil }
        return description?.split(separator: "\n").joined(separator: " ")
            ?? "text that matches \(String(scalars.prefix(shownPatternMax - 1)))…"
    }

    /// The name of a pattern: that of the schema or property where it first stands.
    mutating func pattern(_ node: Node, _ description: String?, _ name: String) -> String? {
        guard let source = node.string else { return nil }
        let meaning = Self.meaning(of: source, description)
        if let known = patterns.first(where: { $0.source == source && $0.meaning == meaning }) { return known.name }
        switch automata.compile(source) {
        case .success(var model):
            model.meaning = meaning
            model.name = SwiftNames.unique(SwiftNames.lower(name), in: &patternNames)
            patterns.append(model)
            return model.name
        case .failure(let error):
            diagnostics.append(Diagnostic(rule: "pattern", error.message, at: node.location))
            return nil
        }
    }
}
