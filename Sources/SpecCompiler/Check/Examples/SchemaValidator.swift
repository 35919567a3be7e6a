/// Holds values of the spec (examples, defaults, enums) against their schemas, as the run time will hold requests.
final class SchemaValidator {
    /// How a value breaks its schema.
    struct Violation {
        let message: String
        let value: Location
        /// The keyword that is broken.
        let rule: Location
    }

    private struct Question: Hashable {
        let schema: ObjectIdentifier
        let value: ObjectIdentifier
    }

    let objects: SpecObjects
    let patterns: PatternCache
    let views: SchemaViews
    private var answers: [Question: [Violation]] = [:]
    private var open: Set<Question> = []
    private var depth = 0

    /// Schemas nested deeper than this within one value are believed.
    private static let depthMax = 200
    /// More of one value would only repeat themselves.
    private static let violationsMax = 10

    init(_ objects: SpecObjects, _ views: SchemaViews, _ patterns: PatternCache) {
        self.objects = objects
        self.patterns = patterns
        self.views = views
    }

    /// Each schema is asked about each value once: shared and recursive schemas cost no more than their size.
    func violations(of value: Node, _ schema: Node) -> [Violation] {
        let question = Question(schema: ObjectIdentifier(schema), value: ObjectIdentifier(value))
        if let known = answers[question] { return known }
        guard depth < Self.depthMax, open.insert(question).inserted else { return [] }
        depth += 1
        var found: [Violation] = []
        // A `$ref` and the items of an `allOf` are asked here, each once, however often they are shared.
        for part in views.view(schema).parts where found.count < Self.violationsMax {
            found += judge(value, part).prefix(Self.violationsMax - found.count)
        }
        depth -= 1
        open.remove(question)
        answers[question] = found
        return found
    }

    private func judge(_ value: Node, _ schema: Node) -> [Violation] {
        if schema.bool == false {
            return [Violation(message: "nothing is allowed here", value: value.location, rule: schema.location)]
        }
        if let objection = typeObjection(value, schema) { return [objection] }
        var found = chosen(value, schema)
        if value.isNull, schema["nullable"]?.bool == true { return found }
        switch value.value {
        case .string(let text): found += texts(text, value, schema)
        case .integer, .number: found += numbers(value, schema)
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

    private func typeObjection(_ value: Node, _ schema: Node) -> Violation? {
        guard let type = schema["type"] else { return nil }
        let names = type.string.map { [$0] } ?? type.items.compactMap(\.string)
        guard !names.isEmpty, names.allSatisfy(SchemaGrammar.types.contains) else { return nil }
        if value.isNull, schema["nullable"]?.bool == true || names.contains("null") { return nil }
        if names.contains(where: { Self.isType($0, value) }) { return nil }
        return violation("\(Self.nouns(names)) is expected, and this is \(value.kind)", value, type)
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
        case ("integer", .number(let number, _)): number == number.rounded()
        default: false
        }
    }

    private func chosen(_ value: Node, _ schema: Node) -> [Violation] {
        var found: [Violation] = []
        if let list = schema["enum"], list.isSequence, !list.items.isEmpty,
            !list.items.contains(where: { Self.isEqual($0, value) })
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

    /// Equal as JSON: the order of members and the way a number is written say nothing.
    static func isEqual(_ a: Node, _ b: Node) -> Bool {
        if a === b { return true }
        switch (a.value, b.value) {
        case (.null, .null): return true
        case (.bool(let a), .bool(let b)): return a == b
        case (.string(let a), .string(let b)): return a == b
        case (.integer(let a), .integer(let b)): return a == b
        case (.integer, .number), (.number, .integer), (.number, .number): return a.number == b.number
        case (.sequence(let a), .sequence(let b)): return a.count == b.count && zip(a, b).allSatisfy(isEqual)
        case (.mapping(let a), .mapping(let others)):
            return a.count == others.count
                && a.allSatisfy { member in b[member.key].map { isEqual(member.value, $0) } ?? false }
        default: return false
        }
    }
}
