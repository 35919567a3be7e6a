import SpecValues

/// Validates values of the spec (examples, defaults, enums) against their schemas, as the run time validates requests.
final class SchemaValidator {
    /// A rule of a schema that a value violates.
    struct Violation {
        let message: String
        let value: Location
        /// The location of the violated keyword.
        let rule: Location
        /// True if the value has another type.
        var isOfType = false
        /// The schema that has the keyword.
        private(set) var schema: Node?

        /// The same violation, of a keyword of the schema unless it is known to be of one inside.
        fileprivate func within(_ schema: Node) -> Violation {
            var placed = self
            placed.schema = self.schema ?? schema
            return placed
        }
    }

    private struct Question: Hashable {
        let schema: ObjectIdentifier
        let value: ObjectIdentifier
    }

    let references: ReferenceWalk
    let patterns: PatternCache
    let folds: FoldedSchemas
    private var answers: [Question: [Violation]] = [:]
    private var open: Set<Question> = []
    private var depth = 0
    /// The values of each `enum`, as bytes that equal values share.
    private var choices: [ObjectIdentifier: Set<[UInt8]>] = [:]

    /// The maximum schema depth within one value; deeper schemas are not checked.
    private static let depthMax = 200
    /// The maximum number of violations reported per value.
    static let violationsMax = 10

    init(_ references: ReferenceWalk, _ folds: FoldedSchemas, _ patterns: PatternCache) {
        self.references = references
        self.patterns = patterns
        self.folds = folds
    }

    /// Returns the violations of a value. Each schema is applied to each value once: shared and recursive schemas cost
    /// no more than their size.
    func violations(of value: Node, _ schema: Node) -> [Violation] {
        let question = Question(schema: ObjectIdentifier(schema), value: ObjectIdentifier(value))
        if let known = answers[question] { return known }
        guard depth < Self.depthMax, open.insert(question).inserted else { return [] }
        depth += 1
        var found: [Violation] = []
        // A `$ref` and the items of an `allOf` are checked here, each once, even if they are shared.
        let folded = folds.fold(schema)
        let parts = value.isNull && folded.addsNull ? [] : folded.nodes
        for part in parts where found.count < Self.violationsMax {
            let own = judge(value, part, isInteger: folded.valueTypes == ["integer"])
            found += own.prefix(Self.violationsMax - found.count).map { $0.within(part) }
        }
        depth -= 1
        open.remove(question)
        answers[question] = found
        return found
    }

    private func judge(_ value: Node, _ schema: Node, isInteger: Bool) -> [Violation] {
        if schema.bool == false {
            return [Violation(message: "no value is allowed here", value: value.location, rule: schema.location)]
        }
        if let violation = typeViolation(value, schema) { return [violation] }
        var found = chosen(value, schema)
        if value.isNull, schema["nullable"]?.bool == true { return found }
        switch value.value {
        case .string(let text): found += texts(text, value, schema)
        case .integer, .number: found += numbers(value, schema, isInteger: isInteger)
        case .sequence(let items): found += lists(items, value, schema)
        case .mapping: found += members(value, schema)
        case .null, .bool: break
        }
        return found + combined(value, schema)
    }

    func violation(_ message: String, _ value: Node, _ rule: Node) -> Violation {
        Violation(message: message, value: value.location, rule: rule.location)
    }

    // MARK: Types and choices

    private func typeViolation(_ value: Node, _ schema: Node) -> Violation? {
        guard let type = schema["type"] else { return nil }
        let names = type.string.map { [$0] } ?? type.items.compactMap(\.string)
        guard !names.isEmpty, names.allSatisfy(SchemaGrammar.types.contains) else { return nil }
        if value.isNull, schema["nullable"]?.bool == true || names.contains("null") { return nil }
        if names.contains(where: { Self.isType($0, value) }) { return nil }
        var objection = violation("expected \(Self.nouns(names)), but found \(value.kind)", value, type)
        objection.isOfType = true
        return objection
    }

    private static func nouns(_ names: [String]) -> String {
        let nouns = [
            "string": "text", "integer": "an integer", "number": "a number", "boolean": "true or false",
            "array": "a list", "object": "a mapping", "null": "null",
        ]
        return names.compactMap { nouns[$0] }.joined(separator: " or ")
    }

    private static func isType(_ type: String, _ value: Node) -> Bool {
        switch (type, value.value) {
        case ("null", .null), ("boolean", .bool), ("integer", .integer), ("number", .integer), ("number", .number),
            ("string", .string), ("array", .sequence), ("object", .mapping):
            true
        case ("integer", .number): value.exact?.isWhole ?? false
        default: false
        }
    }

    private func chosen(_ value: Node, _ schema: Node) -> [Violation] {
        var found: [Violation] = []
        if let list = schema["enum"], list.isSequence, !list.items.isEmpty,
            !isListed(value, in: list)
        {
            let words = list.items.prefix(10).map(NodeText.json).joined(separator: ", ")
            let rest = list.items.count > 10 ? " …" : ""
            found.append(violation("\(NodeText.json(value)) is not one of \(words)\(rest)", value, list))
        }
        if let constant = schema["const"], !Self.isEqual(constant, value) {
            found.append(violation("\(NodeText.json(value)) is not \(NodeText.json(constant))", value, constant))
        }
        return found
    }

    private func isListed(_ value: Node, in list: Node) -> Bool {
        let known = choices[ObjectIdentifier(list)] ?? Set(list.items.map(NodeText.canonical))
        choices[ObjectIdentifier(list)] = known
        return known.contains(NodeText.canonical(value))
    }

    /// The values of `const` or `enum` that the schema's other rules allow too; nil without either keyword.
    func allowedValues(_ folded: FoldedSchema) -> [Node]? {
        guard let values = folded["const"].map({ [$0] }) ?? folded.enumeration else { return nil }
        return values.filter { violations(of: $0, folded.parts[0].node).isEmpty }
    }

    /// JSON equality: the order of members and the notation of numbers are not significant, every byte of a text is.
    static func isEqual(_ a: Node, _ b: Node) -> Bool {
        a === b || NodeText.canonical(a) == NodeText.canonical(b)
    }
}
