extension SchemaLowering {
    /// The alternatives of a `oneOf` or `anyOf`.
    struct Choice {
        let places: [(node: Node, reference: Reference)]
        let isExclusive: Bool
    }

    func alternatives(_ folded: FoldedSchema) -> Choice? {
        for keyword in ["oneOf", "anyOf"] {
            guard let place = folded.place(keyword), !place.node.items.isEmpty,
                keyword == "oneOf" || !place.node.isListOfRequirements
            else { continue }
            let places = place.node.items.enumerated().map { ($1, place.reference.appending("\($0)")) }
            return Choice(places: places, isExclusive: keyword == "oneOf")
        }
        return nil
    }

    // MARK: Null

    /// True if a value may also be null; false for types that include null themselves.
    func isNullable(_ folded: FoldedSchema) -> Bool {
        if folded.addsNull, alternatives(folded) == nil { return !folded.isOnlyNull }
        if folded["const"] == nil, folded.enumeration != nil {
            let values = values(folded)
            return values.contains(where: \.isNull) && values.contains { !$0.isNull }
        }
        return folded["const"] == nil && alternatives(folded) == nil && folded.isNullable && !folded.isOnlyNull
    }

    func allowsNull(_ folded: FoldedSchema) -> Bool {
        if folded.addsNull { return true }
        guard folded.typesAllowNull else { return false }
        if let constant = folded["const"] { return constant.isNull }
        if let values = folded.enumeration { return values.contains(where: \.isNull) }
        guard let choice = alternatives(folded) else { return true }
        let matches = choice.places.count { allowsNull(folds.fold($0.node, at: $0.reference)) }
        return choice.isExclusive ? matches == 1 : matches > 0
    }

    // MARK: Unions

    mutating func union(
        _ choice: Choice, _ folded: FoldedSchema, at reference: Reference, _ direction: Direction, hint: String
    ) -> TypeUse {
        let flats = choice.places.map { folds.fold($0.node, at: $0.reference) }
        // A schema that allows anything accepts null itself, so null stays among the alternatives.
        guard !flats.contains(where: isAnything) else {
            return tried(choice.places, choice, folded, at: reference, direction, hint: hint, takesNull: true)
        }
        let rest = zip(choice.places, flats).filter { !$1.isOnlyNull }.map(\.0)
        guard !rest.isEmpty else { return .constant(.any, json: "null") }
        let type = tried(rest, choice, folded, at: reference, direction, hint: hint, takesNull: false)
        return allowsNull(folded) ? .nullable(type) : type
    }

    private mutating func tried(
        _ places: [(node: Node, reference: Reference)], _ choice: Choice, _ folded: FoldedSchema,
        at reference: Reference, _ direction: Direction, hint: String, takesNull: Bool
    ) -> TypeUse {
        if places.count == 1 {
            let only = use(places[0].node, at: places[0].reference, direction, hint: hint)
            return takesNull ? only : Self.unwrapped(only).0
        }
        return model(at: reference, direction, hint: hint, folded) { lowering, name in
            let alternatives = places.enumerated().map { index, place in
                let hint = "\(name)Alternative\(index + 1)"
                let type = lowering.use(place.node, at: place.reference, direction, hint: hint)
                return (place: place, type: takesNull ? type : Self.unwrapped(type).0)
            }
            return .union(lowering.unionModel(alternatives, folded, isExclusive: choice.isExclusive))
        }
    }

    private func isAnything(_ folded: FoldedSchema) -> Bool {
        folded["const"] == nil && folded.enumeration == nil && alternatives(folded) == nil && folded.type == nil
            && folded.severalTypes == nil
    }

    private func unionModel(
        _ found: [(place: (node: Node, reference: Reference), type: TypeUse)], _ folded: FoldedSchema, isExclusive: Bool
    ) -> UnionModel {
        let discriminator = folded["discriminator"]
        let tags = discriminator.map { DiscriminatorTags($0, of: found.map(\.place.node), documents, folds).all }
        var taken = Self.takenCases
        let alternatives = found.enumerated().map { index, item in
            UnionModel.Alternative(
                swiftName: SwiftNames.unique(Self.caseName(item.type), in: &taken), type: item.type,
                tags: tags?[index].map(\.text) ?? [])
        }
        return UnionModel(
            alternatives: alternatives, isExclusive: isExclusive, discriminator: discriminator?["propertyName"]?.string)
    }

    /// Names that a union's enum already uses.
    private static let takenCases: Set<String> = ["self", "init", "Type", "read", "write", "none", "some"]

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

    /// A union with one alternative per type of the schema.
    mutating func severalTypes(
        _ types: Set<String>, _ folded: FoldedSchema, at reference: Reference, _ direction: Direction, hint: String
    ) -> TypeUse {
        // An integer is tried as a number where both are allowed.
        let names = ["string", "integer", "number", "boolean", "array", "object"].filter {
            types.contains($0) && !($0 == "integer" && types.contains("number"))
        }
        return model(at: reference, direction, hint: hint, folded) { lowering, name in
            var taken = Self.takenCases
            let alternatives = names.map { type in
                let own = lowering.bare(folded.only(type), at: reference.appending("type"), direction, hint: name)
                return UnionModel.Alternative(
                    swiftName: SwiftNames.unique(Self.caseName(own), in: &taken), type: own)
            }
            return .union(UnionModel(alternatives: alternatives, isExclusive: false))
        }
    }
}
