extension SchemaLowering {
    /// `oneOf` or `anyOf`.
    struct Choice {
        let places: [(node: Node, reference: Reference)]
        let isExclusive: Bool
    }

    func alternatives(_ flat: FlatSchema) -> Choice? {
        for keyword in ["oneOf", "anyOf"] {
            guard let place = flat.place(keyword), !place.node.items.isEmpty,
                keyword == "oneOf" || !place.node.isListOfRequirements
            else { continue }
            let places = place.node.items.enumerated().map { ($1, place.reference.appending("\($0)")) }
            return Choice(places: places, isExclusive: keyword == "oneOf")
        }
        return nil
    }

    // MARK: Null

    /// Whether a value of the schema's type may also be null; a type that includes null by itself is none of these.
    func isNullable(_ flat: FlatSchema) -> Bool {
        flat["const"] == nil && alternatives(flat) == nil && flat.isNullable && !flat.isOnlyNull
    }

    func allowsNull(_ flat: FlatSchema) -> Bool {
        guard flat.typesAllowNull else { return false }
        if let constant = flat["const"] { return constant.isNull }
        if let values = flat.enumeration { return values.contains(where: \.isNull) }
        guard let choice = alternatives(flat) else { return true }
        let matches = choice.places.count { allowsNull(FlatSchema($0.node, at: $0.reference, in: documents)) }
        return choice.isExclusive ? matches == 1 : matches > 0
    }

    // MARK: Unions

    mutating func union(
        _ choice: Choice, _ flat: FlatSchema, at reference: Reference, _ direction: Direction, hint: String
    ) -> TypeUse {
        let flats = choice.places.map { FlatSchema($0.node, at: $0.reference, in: documents) }
        // A schema that allows anything takes null itself, so null is one of the values that are tried.
        guard !flats.contains(where: isAnything) else {
            return tried(choice.places, choice, flat, at: reference, direction, hint: hint, takesNull: true)
        }
        let rest = zip(choice.places, flats).filter { !$1.isOnlyNull }.map(\.0)
        guard !rest.isEmpty else { return .constant(.any, json: "null") }
        let type = tried(rest, choice, flat, at: reference, direction, hint: hint, takesNull: false)
        return allowsNull(flat) ? .nullable(type) : type
    }

    private mutating func tried(
        _ places: [(node: Node, reference: Reference)], _ choice: Choice, _ flat: FlatSchema,
        at reference: Reference, _ direction: Direction, hint: String, takesNull: Bool
    ) -> TypeUse {
        if places.count == 1 {
            let only = use(places[0].node, at: places[0].reference, direction, hint: hint)
            return takesNull ? only : Self.unwrapped(only).0
        }
        return model(at: reference, direction, hint: hint, flat) { lowering, name in
            let alternatives = places.enumerated().map { index, place in
                let hint = "\(name)Alternative\(index + 1)"
                let type = lowering.use(place.node, at: place.reference, direction, hint: hint)
                return (place: place, type: takesNull ? type : Self.unwrapped(type).0)
            }
            return .union(lowering.unionModel(alternatives, flat, isExclusive: choice.isExclusive))
        }
    }

    private func isAnything(_ flat: FlatSchema) -> Bool {
        flat["const"] == nil && flat.enumeration == nil && alternatives(flat) == nil && flat.type == nil
            && flat.severalTypes == nil
    }

    private func unionModel(
        _ found: [(place: (node: Node, reference: Reference), type: TypeUse)], _ flat: FlatSchema, isExclusive: Bool
    ) -> UnionModel {
        let discriminator = flat["discriminator"]
        let mapping = (discriminator?["mapping"]?.members ?? []).map { ($0.key, target(of: $0.value)) }
        let property = discriminator?["propertyName"]?.string
        var taken = Self.takenCases
        let alternatives = found.map { place, type in
            UnionModel.Alternative(
                swiftName: SwiftNames.unique(Self.caseName(type), in: &taken), type: type,
                tags: tags(of: place, property, mapping))
        }
        return UnionModel(alternatives: alternatives, isExclusive: isExclusive, discriminator: property)
    }

    /// Names that the enum of a union has for other things.
    private static let takenCases: Set<String> = ["self", "init", "Type", "read", "write", "none", "some"]

    /// The discriminator's values for an alternative: as mapped, as its own schema says, or its name.
    private func tags(
        of place: (node: Node, reference: Reference), _ property: String?, _ mapping: [(String, Reference?)]
    ) -> [String] {
        guard let property, let target = try? documents.follow(place.node, at: place.reference).get().reference else {
            return []
        }
        let mapped = mapping.filter { $0.1 == target }.map(\.0)
        if !mapped.isEmpty { return mapped }
        let tag = FlatSchema(place.node, at: place.reference, in: documents).properties.first { $0.name == property }
            .map { FlatSchema($0.node, at: $0.reference, in: documents) }
        let own = (tag?["const"].map { [$0] } ?? tag?.enumeration ?? []).compactMap(\.string)
        return own.isEmpty ? [target.lastName ?? target.stem] : own
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

    // MARK: Several types

    /// A union of what each type makes of the schema.
    mutating func severalTypes(
        _ types: Set<String>, _ flat: FlatSchema, at reference: Reference, _ direction: Direction, hint: String
    ) -> TypeUse {
        // An integer is tried as a number where both are allowed.
        let names = ["string", "integer", "number", "boolean", "array", "object"].filter {
            types.contains($0) && !($0 == "integer" && types.contains("number"))
        }
        return model(at: reference, direction, hint: hint, flat) { lowering, name in
            var taken = Self.takenCases
            let alternatives = names.map { type in
                let own = lowering.bare(flat.only(type), at: reference.appending("type"), direction, hint: name)
                return UnionModel.Alternative(
                    swiftName: SwiftNames.unique(Self.caseName(own), in: &taken), type: own)
            }
            return .union(UnionModel(alternatives: alternatives, isExclusive: false))
        }
    }
}
