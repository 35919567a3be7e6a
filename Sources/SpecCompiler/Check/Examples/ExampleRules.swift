/// Validates all examples, defaults and enums of a spec against their schemas.
struct ExampleRules {
    private let objects: SpecObjects
    private let validator: SchemaValidator
    private(set) var findings: Findings
    private var mistakes: KnownMistakes

    /// The maximum number of findings per value.
    private static let findingsPerValueMax = 3

    /// - Parameter earlier: the findings of the schemas: an example that the same mistake hits becomes a note of it.
    init(_ objects: SpecObjects, _ validator: SchemaValidator, after earlier: Findings) {
        self.objects = objects
        self.validator = validator
        findings = earlier
        mistakes = KnownMistakes(earlier)
    }

    mutating func check() {
        for schema in objects.all(.schema) where schema.isMapping { checkValues(schema) }
        for kind in [ObjectKind.parameter, .header] {
            for node in objects.all(kind) { checkExamples(node) }
        }
        for kind in [ObjectKind.requestBody, .response] {
            for media in objects.all(kind).flatMap({ $0["content"]?.members ?? [] }) where MediaType.isJSON(media.key) {
                checkExamples(media.value)
            }
        }
    }

    private mutating func checkValues(_ schema: Node) {
        // Before the examples, which the same mistake may hit.
        let choices = schema["enum"].map(\.items) ?? []
        let isEmpty = !choices.contains { validator.violations(of: $0, schema).isEmpty }
        for value in choices { check(value, schema, "enum", "the value", isLenient: !isEmpty) }
        if let value = schema["const"] { check(value, schema, "enum", "the value", isLenient: false) }
        if let value = schema["default"] { check(value, schema, "default-invalid", "the default") }
        if let value = schema["example"] { check(value, schema, "example-invalid", "the example") }
        for value in schema["examples"]?.items ?? [] { check(value, schema, "example-invalid", "the example") }
    }

    private mutating func checkExamples(_ node: Node) {
        guard let schema = node["schema"] else { return }
        if let first = node.member("example"), let second = node.member("examples") {
            findings.error(
                "example-twice", "'example' and 'examples' exclude each other", at: second.keyLocation,
                notes: [Diagnostic.Note("the other one is here", at: first.keyLocation)])
        }
        if let value = node["example"] { check(value, schema, "example-invalid", "the example") }
        for example in node["examples"]?.members ?? [] {
            guard let value = objects.target(of: example.value)?["value"] else { continue }
            check(value, schema, "example-invalid", "the example")
        }
    }

    private mutating func check(
        _ value: Node, _ schema: Node, _ rule: String, _ noun: String, isLenient: Bool = true
    ) {
        for violation in validator.violations(of: value, schema).prefix(Self.findingsPerValueMax) {
            let message = "\(noun) does not match its schema: \(violation.message)"
            if let mistake = mistakes.mistake(behind: violation) {
                if mistakes.mayNote(mistake) { findings.note(message, at: violation.value, on: mistake) }
                continue
            }
            findings.add(
                isLenient, rule, message, at: violation.value,
                notes: [Diagnostic.Note("the rule is here", at: violation.rule)])
            if !isLenient { mistakes.add(findings.diagnostics.count - 1, at: violation.rule) }
        }
    }
}
