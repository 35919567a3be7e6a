/// The Swift text of a contract's type: its name, and the code that reads and writes a value.
struct TypeText {
    let type: TypeUse

    init(_ type: TypeUse) {
        self.type = type
    }

    var swift: String {
        switch type {
        case .text: "String"
        case .integer(let bits, _): bits == 32 ? "Int32" : "Int64"
        case .number: "Double"
        case .bool: "Bool"
        case .identifier: "Identifier"
        case .timestamp: "Timestamp"
        case .date: "CalendarDate"
        case .bytes: "[UInt8]"
        case .array(let item, _, _, _): "[\(TypeText(item).swift)]"
        case .dictionary(let value): "[String: \(TypeText(value).swift)]"
        case .model(let name): name
        case .nullable(let inner): TypeText(inner).swift + "?"
        case .constant(let inner, _), .choice(let inner, _): TypeText(inner).swift
        case .any: "JSONValue"
        }
    }

    // MARK: Reading

    /// An expression that reads a value; `rule` names the constant that holds the type's rules, if it has any.
    func read(rule: String?) -> String {
        let argument = rule ?? ruleText ?? ""
        switch type {
        case .text: return "try json.text(\(argument))"
        case .integer: return "try json.integer(\(argument.isEmpty ? "NumberRule<\(swift)>()" : argument))"
        case .number: return "try json.number(\(argument))"
        case .bool: return "try json.bool()"
        case .identifier: return "try json.identifier()"
        case .timestamp: return "try json.timestamp()"
        case .date: return "try json.date()"
        case .bytes: return "try json.base64(\(argument))"
        case .array(let item, _, _, _): return "try json.array(\(argument)) \(TypeText(item).closure)"
        case .dictionary(let value): return "try json.dictionary \(TypeText(value).closure)"
        case .model(let name): return "try \(name).read(&json)"
        case .nullable(let inner): return "try json.nullable \(TypeText(inner).closure)"
        case .constant(let inner, let text): return TypeText(inner).choice("const", [text])
        case .choice(let inner, let texts): return TypeText(inner).choice("enum", texts)
        case .any: return "try JSONValue.read(&json)"
        }
    }

    private func choice(_ code: String, _ texts: [String]) -> String {
        if case .any = type {
            return "try json.chosen(\"\(code)\", json: [\(texts.map(SwiftLiteral.text).joined(separator: ", "))])"
        }
        if case .number = type {
            return "try json.chosen(\"\(code)\", numbers: [\(texts.map(SwiftLiteral.text).joined(separator: ", "))])"
        }
        return "try json.chosen(\"\(code)\", [\(texts.map(literal).joined(separator: ", "))]) \(closure)"
    }

    /// A closure that reads a value.
    var closure: String { "{ json throws(JSONFault) -> \(swift)? in \(read(rule: nil)) }" }

    /// The JSON text of a scalar as a Swift expression.
    func literal(_ json: String) -> String {
        json.hasPrefix("\"") ? SwiftLiteral.unicodeEscapes(json) : json
    }

    /// The only value that the type allows, or nil if there are several.
    var onlyValue: String? {
        if case .constant(let inner, let text) = type, inner != .any { TypeText(inner).literal(text) } else { nil }
    }

    // MARK: Rules

    /// The rules as an expression, or nil if there are none.
    var ruleText: String? {
        switch type {
        case .text(let rule), .bytes(let rule): return Self.text(rule)
        case .integer(_, let rule): return Self.number(rule, swift)
        case .number(let rule): return Self.decimal(rule)
        case .array(_, let minimum, let maximum, let isUnique): return Self.array(minimum, maximum, isUnique)
        default: return nil
        }
    }

    private static func text(_ rule: TextRuleModel) -> String? {
        call(
            "TextRule",
            [
                rule.minimum > 0 ? "minimum: \(rule.minimum)" : nil, rule.maximum.map { "maximum: \($0)" },
                rule.pattern.map { "pattern: Patterns.\(SwiftLiteral.identifier($0))" },
                rule.format.map { "format: .\($0)" },
            ])
    }

    private static func number(_ rule: NumberRuleModel, _ type: String) -> String? {
        call(
            "NumberRule<\(type)>",
            [
                rule.minimum.map { "minimum: \($0)" }, rule.maximum.map { "maximum: \($0)" },
                rule.above.map { "above: \($0)" }, rule.below.map { "below: \($0)" },
                rule.multipleOf.map { "multipleOf: \($0)" },
            ])
    }

    private static func decimal(_ rule: NumberRuleModel) -> String? {
        let bounds = [
            ("minimum", rule.minimum), ("maximum", rule.maximum), ("above", rule.above), ("below", rule.below),
            ("multipleOf", rule.multipleOf),
        ]
        return call("DecimalRule", bounds.map { name, text in text.map { "\(name): \(SwiftLiteral.text($0))" } })
    }

    private static func array(_ minimum: Int, _ maximum: Int?, _ isUnique: Bool) -> String? {
        call(
            "ArrayRule",
            [
                minimum > 0 ? "minimum: \(minimum)" : nil, maximum.map { "maximum: \($0)" },
                isUnique ? "isUnique: true" : nil,
            ])
    }

    private static func call(_ name: String, _ arguments: [String?]) -> String? {
        let arguments = arguments.compactMap { $0 }
        return arguments.isEmpty ? nil : "\(name)(\(arguments.joined(separator: ", ")))"
    }

    // MARK: Writing

    /// Statements that write `value`.
    func write(_ value: String, to swift: inout SwiftText) {
        switch type {
        case .text(let rule): swift.line("json.\(rule.isSigned ? "signedURL" : "text")(\(value))")
        case .integer: swift.line("json.integer(\(value))")
        case .number: swift.line("json.number(\(value))")
        case .bool: swift.line("json.bool(\(value))")
        case .identifier: swift.line("json.identifier(\(value))")
        case .timestamp: swift.line("json.timestamp(\(value))")
        case .date: swift.line("json.date(\(value))")
        case .bytes: swift.line("json.base64(\(value))")
        case .array(let item, _, _, _): writeArray(value, TypeText(item), to: &swift)
        case .dictionary(let inner): Self.writeMembers(value, TypeText(inner), to: &swift)
        case .model, .any: swift.line("\(value).write(to: &json)")
        case .nullable(let inner):
            swift.block("if let present = \(value) {", end: "} else {") { TypeText(inner).write("present", to: &$0) }
            swift.line("    json.null()")
            swift.line("}")
        case .constant(let inner, _), .choice(let inner, _): TypeText(inner).write(value, to: &swift)
        }
    }

    private func writeArray(_ value: String, _ item: TypeText, to swift: inout SwiftText) {
        swift.line("json.beginArray()")
        swift.block("for item in \(value) {") {
            $0.line("json.element()")
            item.write("item", to: &$0)
        }
        swift.line("json.endArray()")
    }

    private static func writeMembers(_ value: String, _ type: TypeText, to swift: inout SwiftText) {
        swift.line("json.beginObject()")
        swift.block("for (key, value) in \(value).sorted(by: { $0.key < $1.key }) {") {
            $0.line("json.key(text: key)")
            type.write("value", to: &$0)
        }
        swift.line("json.endObject()")
    }
}

extension SwiftLiteral {
    /// A JSON string as a Swift literal: the escapes are the same but for `\u`.
    static func unicodeEscapes(_ json: String) -> String {
        var swift = ""
        var rest = Substring(json)
        while let escape = rest.range(of: "\\u") {
            swift += rest[..<escape.lowerBound] + "\\u{" + rest[escape.upperBound...].prefix(4) + "}"
            rest = rest[escape.upperBound...].dropFirst(4)
        }
        return swift + rest
    }
}

extension Substring {
    /// The range of the first occurrence of a text.
    fileprivate func range(of text: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
            start = index(after: start)
        }
        return nil
    }
}
