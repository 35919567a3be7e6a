/// A schema together with the parts that its `$ref` and `allOf` add: what Check, the examples and Lower read.
struct FoldedSchema {
    /// A schema that applies to the same values.
    struct Part {
        let node: Node
        let reference: Reference
    }

    /// The parts, beginning with the schema itself. Bounded by ``partsMax``.
    let parts: [Part]
    /// The schema that a type is named after: the first one with rules of its own in the chain of `$ref`s.
    let owner: Reference
    /// The types that all parts allow, including `null` if the schema is nullable; nil if no part has a `type`.
    private(set) var types: Set<String>?
    /// True for `nullable: true` beside a `$ref` or an `allOf` without a `type`: null is allowed beside their values.
    let addsNull: Bool
    /// The names of the required members.
    let required: Set<String>
    /// True if there are ``partsMax`` parts or more.
    let isTooLarge: Bool

    /// The maximum number of parts.
    static let partsMax = 100

    init(_ node: Node, at reference: Reference, _ references: ReferenceWalk) {
        let found = Self.collect(Part(node: node, reference: reference), references)
        isTooLarge = found.count >= Self.partsMax
        // Rejected as a whole, so the other rules need not check each part.
        parts = isTooLarge ? [found[0]] : found
        owner = Self.owner(of: found[0], references)
        types = parts.compactMap { Self.types($0.node) }.reduce(nil) { all, own in
            all.map { Self.common($0, own) } ?? own
        }
        addsNull = Self.addsNull(found[0], references)
        if addsNull { types?.insert("null") }
        required = Set(parts.flatMap { $0.node["required"]?.items ?? [] }.compactMap(\.string))
    }

    /// The same schema, for values of one of its types.
    func only(_ type: String) -> FoldedSchema {
        var narrowed = self
        narrowed.types = [type]
        return narrowed
    }

    // MARK: Parts

    private static func collect(_ schema: Part, _ references: ReferenceWalk) -> [Part] {
        var found: [Part] = []
        var seen: Set<ObjectIdentifier> = []
        var waiting = [schema]
        // Of the chain that is being followed; Parse has rejected one that is longer than allowed.
        var links = 0
        while let place = waiting.popLast(), found.count < partsMax {
            guard seen.insert(ObjectIdentifier(place.node)).inserted else { continue }
            let next = Part(node: references.effective(place.node), reference: place.reference)
            // A link between two `$ref`s adds nothing by itself.
            if found.isEmpty || next.node["$ref"]?.string == nil || hasRules(next.node) {
                found.append(next)
                links = 0
            } else {
                links += 1
            }
            let list = next.reference.appending("allOf")
            waiting += (next.node["allOf"]?.items ?? []).enumerated().reversed().map { index, item in
                Part(node: item, reference: list.appending("\(index)"))
            }
            if links < ParseLimits.referenceChainMax, let target = target(of: next.node, references) {
                waiting.append(target)
            }
        }
        return found
    }

    private static func target(of node: Node, _ references: ReferenceWalk) -> Part? {
        guard let text = node["$ref"], text.string != nil else { return nil }
        return references.step(text).map { Part(node: $0.node, reference: $0.reference) }
    }

    private static func owner(of schema: Part, _ references: ReferenceWalk) -> Reference {
        var link = schema
        var rest = ParseLimits.referenceChainMax
        while rest > 0, !hasRules(link.node), let next = target(of: link.node, references) {
            link = next
            rest -= 1
        }
        return link.reference
    }

    /// Annotation keywords: a `$ref` with no others beside it is the same as its target.
    private static let annotations: Set = [
        "$ref", "title", "description", "example", "examples", "deprecated", "$comment", "externalDocs", "default",
        "readOnly", "writeOnly", "nullable",
    ]

    /// True if the schema has more than annotations beside its `$ref`.
    private static func hasRules(_ node: Node) -> Bool {
        node.members.contains { !annotations.contains($0.key) }
    }

    // MARK: Types

    private static func addsNull(_ schema: Part, _ references: ReferenceWalk) -> Bool {
        guard references.isVersion30 else { return false }
        var link = schema
        for _ in 0..<ParseLimits.referenceChainMax {
            let node = references.effective(link.node)
            let isReference = node["$ref"] != nil
            if node["nullable"]?.bool == true, node["type"] == nil, isReference || node["allOf"] != nil { return true }
            guard isReference, !hasRules(node), let next = target(of: node, references) else { return false }
            link = next
        }
        return false
    }

    private static func types(_ part: Node) -> Set<String>? {
        guard let type = part["type"] else { return nil }
        var names = Set(type.string.map { [$0] } ?? type.items.compactMap(\.string))
        if part["nullable"]?.bool == true { names.insert("null") }
        return names.isEmpty ? nil : names
    }

    /// The intersection of two sets of types; every integer is a number.
    private static func common(_ a: Set<String>, _ b: Set<String>) -> Set<String> {
        var both = a.intersection(b)
        if a.contains("integer") && b.contains("number") || a.contains("number") && b.contains("integer") {
            both.insert("integer")
        }
        return both
    }
}

extension FoldedSchema {
    /// The types except `null`, or the one implied by the keywords if there is no `type`.
    var valueTypes: Set<String>? {
        if let types { return types.count > 1 ? types.subtracting(["null"]) : types }
        return impliedType.map { [$0] }
    }

    private var impliedType: String? {
        if has("properties") || has("additionalProperties") || has("required") { return "object" }
        if has("items") { return "array" }
        if enumeration?.allSatisfy({ $0.string != nil || $0.isNull }) == true { return "string" }
        return has("pattern") || has("minLength") || has("maxLength") ? "string" : nil
    }

    /// The types, if there are several with distinct values.
    var severalTypes: Set<String>? {
        valueTypes.flatMap { $0.count > 1 && $0 != ["integer", "number"] ? $0 : nil }
    }

    /// The only type that a value can have; an integer is a number too.
    var type: String? {
        valueTypes.flatMap { $0.count == 1 ? $0.first : $0 == ["integer", "number"] ? "number" : nil }
    }

    /// The types of the values of `const` and `enum`.
    var chosenTypes: Set<String>? {
        guard let values = enumeration ?? self["const"].map({ [$0] }) else { return nil }
        return Set(values.map(Self.type))
    }

    private static func type(of value: Node) -> String {
        switch value.value {
        case .null: "null"
        case .bool: "boolean"
        case .integer: "integer"
        case .number: "number"
        case .string: "string"
        case .sequence: "array"
        case .mapping: "object"
        }
    }

    /// True if null is allowed beside other values.
    var isNullable: Bool {
        if addsNull { return true }
        guard let types else { return enumeration?.contains(where: \.isNull) == true }
        return types.contains("null") && types != ["null"] && enumeration?.contains(where: \.isNull) ?? true
    }

    /// True if the types, where there are any, include null.
    var typesAllowNull: Bool { types?.contains("null") ?? true }

    /// True if null is the only value.
    var isOnlyNull: Bool {
        types == ["null"] || self["const"]?.isNull == true || enumeration?.allSatisfy(\.isNull) == true
    }
}
