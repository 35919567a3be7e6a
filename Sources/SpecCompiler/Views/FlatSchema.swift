/// A schema with its `allOf` folded in: one place to ask for each keyword.
struct FlatSchema {
    struct Property {
        let name: String
        let node: Node
        let reference: Reference
    }

    private(set) var parts: [(node: Node, reference: Reference)] = []
    private(set) var properties: [Property] = []
    private(set) var required: Set<String> = []
    /// The allowed types; nil where the schema names none.
    private(set) var types: Set<String>?
    private(set) var isNullable = false
    /// Whether no part's type refuses null.
    private(set) var typesAllowNull = true

    init(_ node: Node, at reference: Reference, in documents: SpecDocuments) {
        var visited: Set<Reference> = []
        collect(node, reference, documents, &visited)
        readTypes()
        for part in parts { readObject(part.node, part.reference) }
        addRequired()
    }

    /// The same schema, for values of one of its types.
    func only(_ type: String) -> FlatSchema {
        var narrowed = self
        narrowed.types = [type]
        narrowed.isNullable = false
        return narrowed
    }

    private mutating func collect(
        _ node: Node, _ reference: Reference, _ documents: SpecDocuments, _ visited: inout Set<Reference>
    ) {
        guard visited.insert(reference).inserted, parts.count < 100 else { return }
        parts.append((node, reference))
        if node["$ref"]?.string != nil, case .success(let target) = documents.follow(node, at: reference) {
            collect(target.node, target.reference, documents, &visited)
        }
        for (index, item) in (node["allOf"]?.items ?? []).enumerated() {
            collect(item, reference.appending("allOf").appending("\(index)"), documents, &visited)
        }
    }

    private mutating func readTypes() {
        for (node, _) in parts {
            var named = Set((node["type"]?.string).map { [$0] } ?? node["type"]?.items.compactMap(\.string) ?? [])
            if node["nullable"]?.bool == true, !named.isEmpty { named.insert("null") }
            if !named.isEmpty { types = types.map { Self.common($0, named) } ?? named }
        }
        typesAllowNull = types?.contains("null") ?? true
        if types?.contains("null") == true, types != ["null"] {
            types?.remove("null")
            isNullable = enumeration?.contains(where: \.isNull) ?? true
        } else if types == nil, enumeration?.contains(where: \.isNull) == true {
            isNullable = true
        }
    }

    /// Every integer is a number.
    static func common(_ a: Set<String>, _ b: Set<String>) -> Set<String> {
        var both = a.intersection(b)
        if a.contains("integer") && b.contains("number") || a.contains("number") && b.contains("integer") {
            both.insert("integer")
        }
        return both
    }

    private mutating func readObject(_ node: Node, _ reference: Reference) {
        required.formUnion((node["required"]?.items ?? []).compactMap(\.string))
        for member in node["properties"]?.members ?? [] {
            let place = reference.appending("properties").appending(member.key)
            if let index = properties.firstIndex(where: { $0.name == member.key }) {
                properties[index] = Property(name: member.key, node: member.value, reference: place)
            } else {
                properties.append(Property(name: member.key, node: member.value, reference: place))
            }
        }
    }

    /// A member that is required although no property describes it may be anything that the object allows.
    private mutating func addRequired() {
        guard properties.isEmpty, let first = parts.first else { return }
        let rest = place("additionalProperties")
        let anything = Node(.bool(true), at: first.node.location)
        properties = required.sorted().map { name in
            Property(
                name: name, node: rest?.node ?? anything,
                reference: rest?.reference ?? first.reference.appending("required").appending(name))
        }
    }

    /// The first value of a keyword, the schema's own before those of its parts.
    subscript(_ keyword: String) -> Node? {
        for part in parts { if let value = part.node[keyword] { return value } }
        return nil
    }

    /// All values of a keyword.
    func all(_ keyword: String) -> [Node] { parts.compactMap { $0.node[keyword] } }

    /// The value of a keyword with the identity of the place where it stands.
    func place(_ keyword: String) -> (node: Node, reference: Reference)? {
        for part in parts {
            if let value = part.node[keyword] { return (value, part.reference.appending(keyword)) }
        }
        return nil
    }

    var enumeration: [Node]? { self["enum"]?.items }
    /// Whether null is the only value.
    var isOnlyNull: Bool {
        types == ["null"] || self["const"]?.isNull == true || enumeration?.allSatisfy(\.isNull) == true
    }

    /// The types, where there are several that make different values.
    var severalTypes: Set<String>? {
        types.flatMap { $0.count > 1 && $0 != ["integer", "number"] ? $0 : nil }
    }

    /// The only type that a value can have, guessed from its keywords where none is named.
    var type: String? {
        if let types { return types.count == 1 ? types.first : types == ["integer", "number"] ? "number" : nil }
        if !properties.isEmpty || self["additionalProperties"] != nil || !required.isEmpty { return "object" }
        if self["items"] != nil { return "array" }
        if enumeration?.allSatisfy({ $0.string != nil || $0.isNull }) == true { return "string" }
        if self["pattern"] != nil || self["minLength"] != nil || self["maxLength"] != nil { return "string" }
        return nil
    }

    /// The lines of the description; those of the title where there is none.
    var documentation: [String] { SpecText.lines(self["description"]?.string ?? self["title"]?.string) }
}

extension FlatSchema {
    /// Keywords that only describe: a `$ref` with no others beside it is the schema it leads to.
    private static let words: Set = [
        "$ref", "title", "description", "example", "examples", "deprecated", "$comment", "externalDocs", "default",
        "readOnly", "writeOnly",
    ]

    /// Whether the place of use adds rules to the schema that its `$ref` leads to.
    func hasRules(beside target: Reference) -> Bool {
        guard let first = parts.first, first.reference != target else { return false }
        return first.node.members.contains { !Self.words.contains($0.key) }
    }
}

extension Node {
    /// Whether each alternative of this `anyOf` says nothing but `required`: some members must come, of which it lets
    /// the client choose.
    var isListOfRequirements: Bool {
        !items.isEmpty
            && items.allSatisfy { $0.members.map(\.key) == ["required"] && $0["required"]?.items.isEmpty == false }
    }
}
