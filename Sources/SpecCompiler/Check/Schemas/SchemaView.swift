/// A schema together with what its `$ref` and its `allOf` add to it.
struct SchemaView {
    /// The schema itself first. Bounded, so that schemas which share many parts cost no more than they should.
    let parts: [Node]
    /// The types that all parts allow, `null` among them where the schema is nullable; nil where none is named.
    let types: Set<String>?
    /// Whether there are more parts than are made one.
    let isTooLarge: Bool

    /// As many as Lower folds into one.
    static let partsMax = 100

    init(_ node: Node, _ objects: SpecObjects) {
        let found = Self.collect(node, objects)
        isTooLarge = found.count >= Self.partsMax
        // Refused as a whole, so the other rules need not look at each of its parts.
        parts = isTooLarge ? [node] : found
        types = parts.compactMap(Self.types).reduce(nil) { all, own in
            guard let all else { return own }
            return FlatSchema.common(all, own)
        }
    }

    private static func collect(_ node: Node, _ objects: SpecObjects) -> [Node] {
        var found: [Node] = []
        var seen: Set<ObjectIdentifier> = []
        var waiting = [node]
        while let next = waiting.popLast(), found.count < partsMax {
            guard seen.insert(ObjectIdentifier(next)).inserted else { continue }
            found.append(next)
            waiting += next["allOf"]?.items.reversed() ?? []
            if next["$ref"] != nil, let target = objects.target(of: next) { waiting.append(target) }
        }
        return found
    }

    private static func types(_ part: Node) -> Set<String>? {
        guard let type = part["type"] else { return nil }
        var names = Set(type.string.map { [$0] } ?? type.items.compactMap(\.string))
        if part["nullable"]?.bool == true { names.insert("null") }
        return names.isEmpty ? nil : names
    }

    /// The types beside `null`; what the keywords suggest where none is named.
    var valueTypes: Set<String>? {
        if let types { return types.count > 1 ? types.subtracting(["null"]) : types }
        return impliedType.map { [$0] }
    }

    /// What Lower takes a schema without a type for.
    private var impliedType: String? {
        if has("properties") || has("additionalProperties") || has("required") { return "object" }
        if has("items") { return "array" }
        if self["enum"]?.value.items.allSatisfy({ $0.string != nil || $0.isNull }) == true { return "string" }
        return has("pattern") || has("minLength") || has("maxLength") ? "string" : nil
    }

    /// The types of the values of `const` and `enum`.
    var chosenTypes: Set<String>? {
        guard let values = self["enum"]?.value.items ?? self["const"].map({ [$0.value] }) else { return nil }
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

    func has(_ keyword: String) -> Bool { parts.contains { $0[keyword] != nil } }

    /// The keyword in the first part that has it.
    subscript(_ keyword: String) -> Node.Member? {
        for part in parts { if let member = part.member(keyword) { return member } }
        return nil
    }

    func all(_ keyword: String) -> [Node.Member] { parts.compactMap { $0.member(keyword) } }

    var properties: [Node.Member] { all("properties").flatMap(\.value.members) }

    func property(_ name: String) -> Node.Member? {
        for part in parts { if let found = part["properties"]?.member(name) { return found } }
        return nil
    }

    var isNullable: Bool { types?.contains("null") ?? false }

    /// The alternatives of `oneOf` and `anyOf`.
    var alternatives: [Node] {
        (all("oneOf") + all("anyOf").filter { !$0.value.isListOfRequirements }).flatMap(\.value.items)
    }

    /// The alternatives of an `anyOf` that only says which members must come.
    var requirements: [Node] { all("anyOf").filter(\.value.isListOfRequirements).flatMap(\.value.items) }
}

/// The views of all schemas, each made once.
final class SchemaViews {
    private let objects: SpecObjects
    private var known: [ObjectIdentifier: SchemaView] = [:]

    init(_ objects: SpecObjects) {
        self.objects = objects
    }

    func view(_ node: Node) -> SchemaView {
        if let view = known[ObjectIdentifier(node)] { return view }
        let view = SchemaView(node, objects)
        known[ObjectIdentifier(node)] = view
        return view
    }
}
