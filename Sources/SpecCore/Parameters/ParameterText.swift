/// Parses a parameter's text as a type of the schema.
public enum ParameterText {
    public static func text(_ text: String, _ rule: TextRule = TextRule()) -> Result<String, RuleFailure> {
        if let failure = rule.failure(for: text, scalars: text.unicodeScalars.count) { return .failure(failure) }
        return .success(text)
    }

    public static func integer<Value: FixedWidthInteger & Sendable>(
        _ text: String, _ rule: NumberRule<Value> = NumberRule()
    ) -> Result<Value, RuleFailure> {
        guard isPlain(text), let value = Value(text) else {
            return .failure(RuleFailure("type", "Expected an integer of \(Value.bitWidth) bits."))
        }
        return rule.failure(for: value).map { .failure($0) } ?? .success(value)
    }

    /// True if there is no leading plus sign: Swift's parser accepts one, JSON numbers have none.
    private static func isPlain(_ text: String) -> Bool { text.utf8.first != UInt8(ascii: "+") }

    public static func number(_ text: String, _ rule: DecimalRule = DecimalRule()) -> Result<Double, RuleFailure> {
        guard text.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) }), isPlain(text), let value = Double(text),
            value.isFinite
        else { return .failure(RuleFailure("type", "Expected a number.")) }
        var text = text
        let failure = rule.isEmpty ? nil : text.withUTF8 { rule.failure(for: $0, value) }
        return failure.map { .failure($0) } ?? .success(value)
    }

    public static func bool(_ text: String) -> Result<Bool, RuleFailure> {
        switch text {
        case "true": .success(true)
        case "false": .success(false)
        default: .failure(RuleFailure("type", "Expected true or false."))
        }
    }

    public static func identifier(_ text: String) -> Result<Identifier, RuleFailure> {
        Identifier(text).map { .success($0) }
            ?? .failure(RuleFailure("format", "Expected a UUID, such as 0190a6b2-7c4e-7b1a-9f3d-2f1c5e8a9b00."))
    }

    public static func timestamp(_ text: String) -> Result<Timestamp, RuleFailure> {
        Timestamp(text).map { .success($0) }
            ?? .failure(RuleFailure("format", "Expected an RFC 3339 time, such as 2026-11-23T06:02:11.482Z."))
    }

    public static func date(_ text: String) -> Result<CalendarDate, RuleFailure> {
        CalendarDate(text).map { .success($0) }
            ?? .failure(RuleFailure("format", "Expected a date, such as 2026-11-23."))
    }

    /// Parses a case of an enum.
    public static func choice<Value: RawRepresentable & CaseIterable>(
        _ text: String, _ type: Value.Type
    ) -> Result<Value, RuleFailure> where Value.RawValue == String {
        Value(rawValue: text).flatMap { $0.rawValue.utf8.elementsEqual(text.utf8) ? .success($0) : nil }
            ?? .failure(
                RuleFailure("enum", "Expected one of: \(Value.allCases.map(\.rawValue).joined(separator: ", "))."))
    }
}

extension ParameterText {
    /// Parses base64 with padding.
    public static func base64(_ text: String, _ rule: TextRule = TextRule()) -> Result<[UInt8], RuleFailure> {
        if let failure = rule.failure(for: text, scalars: text.unicodeScalars.count) { return .failure(failure) }
        return Base64.decode(text).map { .success($0) }
            ?? .failure(RuleFailure("format", "Expected base64 with padding."))
    }

    /// Returns the text of a parameter without a declared type.
    public static func value(_ text: String) -> Result<JSONValue, RuleFailure> { .success(.string(text)) }

    /// Parses one of a list of texts. Compares code points; Swift's `==` compares canonical equivalence.
    public static func among(
        _ code: StaticString, _ allowed: [String], _ result: Result<String, RuleFailure>
    ) -> Result<String, RuleFailure> {
        result.flatMap { text in
            if allowed.contains(where: { $0.utf8.elementsEqual(text.utf8) }) { return .success(text) }
            let texts = allowed.joined(separator: ", ")
            return .failure(RuleFailure("\(code)", "Expected \(allowed.count == 1 ? "" : "one of: ")\(texts)."))
        }
    }

    /// Parses one of a list of numbers, given as JSON, by its digits.
    public static func among(_ code: StaticString, numbers allowed: [String], _ text: String) -> Result<
        Double, RuleFailure
    > {
        number(text).flatMap { value in
            let exact = ExactNumber(text)
            if allowed.contains(where: { ExactNumber($0) == exact }) { return .success(value) }
            let texts = allowed.joined(separator: ", ")
            return .failure(RuleFailure("\(code)", "Expected \(allowed.count == 1 ? "" : "one of: ")\(texts)."))
        }
    }

    /// Parses one of a list of values.
    public static func among<Value: Equatable>(
        _ code: StaticString, _ allowed: [Value], _ result: Result<Value, RuleFailure>
    ) -> Result<Value, RuleFailure> {
        result.flatMap { value in
            if allowed.contains(value) { return .success(value) }
            let texts = allowed.map { "\($0)" }.joined(separator: ", ")
            return .failure(RuleFailure("\(code)", "Expected \(allowed.count == 1 ? "" : "one of: ")\(texts)."))
        }
    }
}
