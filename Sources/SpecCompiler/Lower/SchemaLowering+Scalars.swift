extension SchemaLowering {
    mutating func scalar(_ flat: FlatSchema) -> TypeUse {
        let format = flat["format"]?.string
        switch flat.type {
        case "string"?: return text(flat, format)
        case "integer"?: return .integer(bits: format == "int32" ? 32 : 64, numbers(flat))
        case "number"?: return .number(numbers(flat, isFraction: true))
        case "boolean"?: return .bool
        default: return .any
        }
    }

    /// A `const`, or an `enum` that is not all text. Check held the values against the schema's other rules.
    func chosen(_ values: [Node], _ flat: FlatSchema) -> TypeUse {
        let type = Self.type(of: values, bits: flat["format"]?.string == "int32" ? 32 : 64)
        let texts = values.map { Self.json($0, of: type) }
        return flat["const"] == nil ? .choice(type, json: texts) : .constant(type, json: texts[0])
    }

    /// The type that all values have.
    private static func type(of values: [Node], bits: Int) -> TypeUse {
        if values.allSatisfy({ $0.string != nil }) { return .text(TextRuleModel()) }
        if values.allSatisfy({ $0.bool != nil }) { return .bool }
        if values.allSatisfy({ $0.integer != nil }) { return .integer(bits: bits, NumberRuleModel()) }
        return values.allSatisfy { $0.number?.isFinite == true } ? .number(NumberRuleModel()) : .any
    }

    /// The value as a JSON text that is a Swift literal of the type too.
    private static func json(_ value: Node, of type: TypeUse) -> String {
        switch type {
        case .integer: value.integer.map { "\($0)" } ?? NodeText.json(value)
        case .number: value.number.map { "\($0)" } ?? NodeText.json(value)
        default: NodeText.json(value)
        }
    }

    mutating func text(_ flat: FlatSchema, _ format: String?) -> TypeUse {
        switch format {
        case "uuid"?: return .identifier
        case "date-time"?: return .timestamp
        case "date"?: return .date
        case "byte"?: return .bytes(textRule(flat, format: nil))
        case "email"?, "uri"?: return .text(textRule(flat, format: format))
        default: return .text(textRule(flat, format: nil))
        }
    }

    mutating func textRule(_ flat: FlatSchema, format: String?) -> TextRuleModel {
        TextRuleModel(
            minimum: flat.all("minLength").compactMap(\.integer).max() ?? 0,
            maximum: flat.all("maxLength").compactMap(\.integer).min(),
            pattern: flat["pattern"].flatMap { pattern($0, flat["description"]?.string) }, format: format)
    }

    /// Longer patterns are told to clients in the words of their schema, or cut.
    private static let shownPatternMax = 80

    private static func meaning(of pattern: String, _ description: String?) -> String? {
        let scalars = pattern.unicodeScalars
        guard scalars.count > shownPatternMax else { return nil }
        return description?.split(separator: "\n").joined(separator: " ")
            ?? "text that matches \(String(scalars.prefix(shownPatternMax - 1)))…"
    }

    mutating func pattern(_ node: Node, _ description: String?) -> Int? {
        guard let source = node.string else { return nil }
        let meaning = Self.meaning(of: source, description)
        if let index = patterns.firstIndex(where: { $0.source == source && $0.meaning == meaning }) { return index }
        switch automata.compile(source) {
        case .success(var model):
            model.meaning = meaning
            patterns.append(model)
            return patterns.count - 1
        case .failure(let error):
            diagnostics.append(Diagnostic(rule: "pattern", error.message, at: node.location))
            return nil
        }
    }

    /// The narrowest bounds of all parts.
    func numbers(_ flat: FlatSchema, isFraction: Bool = false) -> NumberRuleModel {
        func text(_ node: Node?) -> String? {
            isFraction ? node?.number.map { "\($0)" } : node?.integer.map { "\($0)" }
        }
        let low = Self.bounds(flat, "minimum", "exclusiveMinimum")
        let high = Self.bounds(flat, "maximum", "exclusiveMaximum")
        return NumberRuleModel(
            minimum: text(low.inclusive.max(by: Self.isBelow)), maximum: text(high.inclusive.min(by: Self.isBelow)),
            above: text(low.exclusive.max(by: Self.isBelow)), below: text(high.exclusive.min(by: Self.isBelow)),
            multipleOf: text(flat["multipleOf"]))
    }

    private static func bounds(
        _ flat: FlatSchema, _ inclusive: String, _ exclusive: String
    ) -> (inclusive: [Node], exclusive: [Node]) {
        var found: (inclusive: [Node], exclusive: [Node]) = ([], [])
        for (part, _) in flat.parts {
            // A boolean is OpenAPI 3.0's way: it makes the bound beside it exclusive.
            if let bound = part[inclusive] {
                if part[exclusive]?.bool == true {
                    found.exclusive.append(bound)
                } else {
                    found.inclusive.append(bound)
                }
            }
            if let bound = part[exclusive], bound.number != nil { found.exclusive.append(bound) }
        }
        return found
    }

    private static func isBelow(_ a: Node, _ b: Node) -> Bool {
        if let a = a.integer, let b = b.integer { return a < b }
        return (a.number ?? 0) < (b.number ?? 0)
    }
}
