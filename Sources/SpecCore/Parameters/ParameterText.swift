/// Reads one parameter's text as a type of the schema.
public enum ParameterText {
    public static func text(_ text: String, _ rule: TextRule = TextRule()) -> Result<String, Broken> {
        if let broken = rule.broken(by: text, scalars: text.unicodeScalars.count) { return .failure(broken) }
        return .success(text)
    }

    public static func integer<Value: FixedWidthInteger & Sendable>(
        _ text: String, _ rule: NumberRule<Value> = NumberRule()
    ) -> Result<Value, Broken> {
        guard isPlain(text), let value = Value(text) else {
            return .failure(Broken("type", "Expected an integer of \(Value.bitWidth) bits."))
        }
        return rule.broken(by: value).map { .failure($0) } ?? .success(value)
    }

    /// Swift's own parser also takes a plus sign, which JSON numbers do not have.
    private static func isPlain(_ text: String) -> Bool { text.utf8.first != UInt8(ascii: "+") }

    public static func number(_ text: String, _ rule: NumberRule<Double> = NumberRule()) -> Result<Double, Broken> {
        guard text.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }), isPlain(text), let value = Double(text),
            value.isFinite
        else { return .failure(Broken("type", "Expected a number.")) }
        return rule.broken(by: value).map { .failure($0) } ?? .success(value)
    }

    public static func bool(_ text: String) -> Result<Bool, Broken> {
        switch text {
        case "true": .success(true)
        case "false": .success(false)
        default: .failure(Broken("type", "Expected true or false."))
        }
    }

    public static func identifier(_ text: String) -> Result<Identifier, Broken> {
        Identifier(text).map { .success($0) }
            ?? .failure(Broken("format", "Expected a UUID, such as 0190a6b2-7c4e-7b1a-9f3d-2f1c5e8a9b00."))
    }

    public static func timestamp(_ text: String) -> Result<Timestamp, Broken> {
        Timestamp(text).map { .success($0) }
            ?? .failure(Broken("format", "Expected an RFC 3339 time, such as 2026-11-23T06:02:11.482Z."))
    }

    public static func date(_ text: String) -> Result<CalendarDate, Broken> {
        CalendarDate(text).map { .success($0) } ?? .failure(Broken("format", "Expected a date, such as 2026-11-23."))
    }

    /// One of an enum's texts.
    public static func choice<Value: RawRepresentable & CaseIterable>(
        _ text: String, _ type: Value.Type
    ) -> Result<Value, Broken> where Value.RawValue == String {
        Value(rawValue: text).flatMap { $0.rawValue.utf8.elementsEqual(text.utf8) ? .success($0) : nil }
            ?? .failure(
                Broken("enum", "Expected one of: \(Value.allCases.map(\.rawValue).joined(separator: ", "))."))
    }
}

extension ParameterText {
    /// Base64 with padding.
    public static func base64(_ text: String, _ rule: TextRule = TextRule()) -> Result<[UInt8], Broken> {
        if let broken = rule.broken(by: text, scalars: text.unicodeScalars.count) { return .failure(broken) }
        return Base64.decode(text).map { .success($0) } ?? .failure(Broken("format", "Expected base64 with padding."))
    }

    /// A text of no declared type.
    public static func value(_ text: String) -> Result<JSONValue, Broken> { .success(.string(text)) }

    /// One of a few texts: the same code points, while Swift's `==` asks for the same look.
    public static func among(
        _ code: StaticString, _ allowed: [String], _ result: Result<String, Broken>
    ) -> Result<String, Broken> {
        result.flatMap { text in
            if allowed.contains(where: { $0.utf8.elementsEqual(text.utf8) }) { return .success(text) }
            let texts = allowed.joined(separator: ", ")
            return .failure(Broken("\(code)", "Expected \(allowed.count == 1 ? "" : "one of: ")\(texts)."))
        }
    }

    /// One of a few values.
    public static func among<Value: Equatable>(
        _ code: StaticString, _ allowed: [Value], _ result: Result<Value, Broken>
    ) -> Result<Value, Broken> {
        result.flatMap { value in
            if allowed.contains(value) { return .success(value) }
            let texts = allowed.map { "\($0)" }.joined(separator: ", ")
            return .failure(Broken("\(code)", "Expected \(allowed.count == 1 ? "" : "one of: ")\(texts)."))
        }
    }
}
