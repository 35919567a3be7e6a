extension SchemaLowering {
    func alternatives(_ flat: FlatSchema) -> (list: [Node], reference: Reference, isExclusive: Bool)? {
        for keyword in ["oneOf", "anyOf"] {
            guard let place = flat.place(keyword), !place.node.items.isEmpty else { continue }
            return (place.node.items, place.reference, keyword == "oneOf")
        }
        return nil
    }

    mutating func union(
        _ union: (list: [Node], reference: Reference, isExclusive: Bool), _ flat: FlatSchema,
        at reference: Reference, _ direction: Direction, hint: String
    ) -> TypeUse {
        let places = union.list.enumerated().filter { $1["type"]?.string != "null" }
            .map { (node: $1, reference: union.reference.appending("\($0)")) }
        let hasNull = places.count < union.list.count
        if places.count == 1 {
            let only = use(places[0].node, at: places[0].reference, direction, hint: hint)
            return hasNull ? Self.nullable(only) : only
        }
        let type = model(at: reference, direction, hint: hint, flat) { lowering, name in
            lowering.unionShape(places, flat, direction, name: name, isExclusive: union.isExclusive)
        }
        return hasNull ? .nullable(type) : type
    }

    static func nullable(_ type: TypeUse) -> TypeUse {
        if case .nullable = type { type } else { .nullable(type) }
    }

    mutating func unionShape(
        _ places: [(node: Node, reference: Reference)], _ flat: FlatSchema, _ direction: Direction, name: String,
        isExclusive: Bool
    ) -> Model.Shape {
        let discriminator = flat["discriminator"]
        let mapping = (discriminator?["mapping"]?.members ?? []).map { ($0.key, target(of: $0.value)) }
        var taken: Set<String> = ["self", "init", "Type"]
        var alternatives: [UnionModel.Alternative] = []
        for (index, place) in places.enumerated() {
            let type = use(place.node, at: place.reference, direction, hint: "\(name)Alternative\(index + 1)")
            let reference = (try? documents.follow(place.node, at: place.reference).get())?.reference
            let mapped = mapping.filter { $0.1 == reference && reference != nil }.map(\.0)
            alternatives.append(
                UnionModel.Alternative(
                    swiftName: SwiftNames.unique(Self.caseName(type), in: &taken), type: type,
                    tags: mapped.isEmpty ? [reference?.lastName].compactMap { $0 } : mapped))
        }
        return .union(
            UnionModel(
                alternatives: alternatives, isExclusive: isExclusive,
                discriminator: discriminator?["propertyName"]?.string))
    }

    func target(of text: Node) -> Reference? {
        guard case .success(let target) = documents.resolve(text).flatMap(documents.follow) else { return nil }
        return target.reference
    }

    static func caseName(_ type: TypeUse) -> String {
        switch type {
        case .text: "text"
        case .integer: "integer"
        case .number: "number"
        case .bool: "bool"
        case .identifier: "identifier"
        case .timestamp: "timestamp"
        case .date: "date"
        case .bytes: "bytes"
        case .array: "list"
        case .dictionary: "dictionary"
        case .model(let name): SwiftNames.lower(name)
        case .nullable(let inner), .constant(let inner, _), .choice(let inner, _): caseName(inner)
        case .any: "value"
        }
    }
}
