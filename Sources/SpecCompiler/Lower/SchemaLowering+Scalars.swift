extension SchemaLowering {
    mutating func scalar(_ flat: FlatSchema) -> TypeUse {
        let format = flat["format"]?.string
        switch flat.type ?? Self.type(of: flat["const"]) {
        case "string"?: return text(flat, format)
        case "integer"?: return .integer(bits: format == "int32" ? 32 : 64, numbers(flat))
        case "number"?: return .number(numbers(flat, isFraction: true))
        case "boolean"?: return .bool
        default: return .any
        }
    }

    static func type(of value: Node?) -> String? {
        switch value?.value {
        case .string?: "string"
        case .integer?: "integer"
        case .number?: "number"
        case .bool?: "boolean"
        default: nil
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
            pattern: flat["pattern"].flatMap { pattern($0) }, format: format)
    }

    mutating func pattern(_ node: Node) -> Int? {
        guard let source = node.string else { return nil }
        if let index = patterns.firstIndex(where: { $0.source == source }) { return index }
        switch PatternCompiler.compile(source) {
        case .success(let model):
            patterns.append(model)
            return patterns.count - 1
        case .failure(let error):
            diagnostics.append(Diagnostic(rule: "pattern", error.message, at: node.location))
            return nil
        }
    }

    func numbers(_ flat: FlatSchema, isFraction: Bool = false) -> NumberRuleModel {
        func bound(_ keyword: String) -> String? {
            flat[keyword].flatMap { node in
                isFraction
                    ? node.number.map { "\($0)" } : node.integer.map(String.init) ?? node.number.map { "\(Int($0))" }
            }
        }
        var rule = NumberRuleModel(
            minimum: bound("minimum"), maximum: bound("maximum"), multipleOf: bound("multipleOf"))
        // A boolean is OpenAPI 3.0's way: it makes the other bound exclusive.
        if flat["exclusiveMinimum"]?.bool == true { (rule.minimum, rule.above) = (nil, rule.minimum) }
        if flat["exclusiveMaximum"]?.bool == true { (rule.maximum, rule.below) = (nil, rule.maximum) }
        rule.above = rule.above ?? bound("exclusiveMinimum")
        rule.below = rule.below ?? bound("exclusiveMaximum")
        return rule
    }
}
