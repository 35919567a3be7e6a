extension SchemaLowering {
    mutating func model(
        at reference: Reference, _ direction: Direction, hint: String, _ flat: FlatSchema,
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
            name: name, origin: "\(reference)", documentation: flat.documentation,
            shape: .enumeration([]), isRead: isRead, isWritten: isWritten)
        models[key] = model
        model.shape = shape(&self, name)
        models[key] = model
        return .model(name)
    }

    /// Names that mean something else inside an operation.
    private static let hidden = Set(["Input", "Output", "Problems"] + StatusNames.headersNames)

    mutating func claim(_ key: Key, hint: String) -> String {
        let own =
            key.reference.pointer.split(separator: "/").count <= 1
            || key.reference.pointer.hasPrefix("/components/schemas/")
                && key.reference.pointer.split(separator: "/").count == 3
        var name = SwiftNames.upper(own ? key.reference.lastName ?? key.reference.stem : hint)
        if key.direction == .read { name += "Input" }
        if Self.hidden.contains(name) || SwiftNames.reserved.contains(name) || taken.contains(name) { name += "Model" }
        name = SwiftNames.unique(name, in: &taken)
        names[key] = name
        return name
    }

    /// Whether the schema, or one that it holds, has members for one direction only.
    private mutating func isSplit(_ reference: Reference) -> Bool {
        var visited: Set<Reference> = []
        let answer = isSplit(reference, &visited)
        // None of the visited has any; inside a circle, a single no would be said too early.
        if !answer { for other in visited { splits[other] = false } }
        return answer
    }

    private mutating func isSplit(_ reference: Reference, _ visited: inout Set<Reference>) -> Bool {
        if let known = splits[reference] { return known }
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
