extension SchemaLowering {
    mutating func model(
        at reference: Reference, _ direction: Direction, hint: String, _ folded: FoldedSchema,
        _ shape: (inout SchemaLowering, String) -> Model.Shape
    ) -> TypeUse {
        let isSplit = isSplit(reference)
        let key = Key(reference: reference, direction: isSplit ? direction : nil)
        let name = names[key] ?? claim(key, hint: hint)
        let known = models[key]
        if known.map({ direction == .read ? $0.isRead : $0.isWritten }) ?? false { return .model(name) }
        let isRead = direction == .read || known?.isRead ?? false
        let isWritten = direction == .write || known?.isWritten ?? false
        var model = Model(
            name: name, origin: "\(reference)", documentation: folded.documentation,
            shape: .enumeration([]), isRead: isRead, isWritten: isWritten)
        models[key] = model
        // What is inside of a named type may hold the lists around it.
        let around = open
        open = []
        model.shape = shape(&self, name)
        open = around
        models[key] = model
        return .model(name)
    }

    /// Names that have another meaning inside an operation's namespace.
    private static let hidden = Set(["Input", "Output", "Problems"] + StatusNames.headersNames)

    mutating func claim(_ key: Key, hint: String) -> String {
        let own = Self.ownName(of: key.reference)
        var name = SwiftNames.upper(own ?? hint)
        if key.direction == .read { name += "Input" }
        let isTaken = taken.contains(name) || own == nil && operationNames.contains(name)
        if Self.hidden.contains(name) || SwiftNames.reserved.contains(name) || isTaken { name += "Model" }
        name = SwiftNames.unique(name, in: &taken)
        names[key] = name
        return name
    }

    /// The name that the spec gives a schema: of a component, or of a file or its member.
    static func ownName(of reference: Reference) -> String? {
        let depth = reference.pointer.split(separator: "/").count
        let isComponent = reference.pointer.hasPrefix("/components/schemas/") && depth == 3
        return depth <= 1 || isComponent ? reference.lastName ?? reference.stem : nil
    }

    /// The name of an operation's enum: with the suffix `Operation` if a model or a service has its name.
    mutating func operationName(_ name: String) -> String {
        let isTaken = taken.contains(name) || SwiftNames.reserved.contains(name)
        return SwiftNames.unique(isTaken ? name + "Operation" : name, in: &taken)
    }

    /// True if the schema, or one inside it, has `readOnly` or `writeOnly` members.
    private mutating func isSplit(_ reference: Reference) -> Bool {
        var visited: Set<Reference> = []
        let answer = isSplit(reference, &visited)
        // Negative results are stored together: inside a cycle, a single one would be premature.
        if !answer { for other in visited { splits[other] = false } }
        return answer
    }

    private mutating func isSplit(_ reference: Reference, _ visited: inout Set<Reference>) -> Bool {
        if let known = splits[reference] { return known }
        splitDepth += 1
        defer { splitDepth -= 1 }
        // The lowering itself refuses a deeper one.
        guard splitDepth < Self.depthMax else { return false }
        guard visited.insert(reference).inserted, let node = documents.node(at: reference),
            isSplit(node, reference, &visited, depth: 0)
        else { return false }
        splits[reference] = true
        return true
    }

    private mutating func isSplit(
        _ node: Node, _ reference: Reference, _ visited: inout Set<Reference>, depth: Int
    ) -> Bool {
        guard depth < 64 else { return false }
        if node["readOnly"]?.bool == true || node["writeOnly"]?.bool == true { return true }
        if node["$ref"]?.string != nil, case .success(let target) = documents.follow(node, at: reference) {
            if isSplit(target.reference, &visited) { return true }
        }
        for keyword in ["items", "additionalProperties"] {
            if let inner = node[keyword], inner.isMapping,
                isSplit(inner, reference.appending(keyword), &visited, depth: depth + 1)
            {
                return true
            }
        }
        for keyword in ["allOf", "oneOf", "anyOf"] {
            for (index, inner) in (node[keyword]?.items ?? []).enumerated()
            where isSplit(inner, reference.appending(keyword).appending("\(index)"), &visited, depth: depth + 1) {
                return true
            }
        }
        for member in node["properties"]?.members ?? []
        where isSplit(member.value, reference.appending("properties").appending(member.key), &visited, depth: depth + 1)
        {
            return true
        }
        return false
    }
}
