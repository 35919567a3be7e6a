extension SchemaLowering {
    mutating func object(
        _ flat: FlatSchema, at reference: Reference, _ direction: Direction, hint: String
    ) -> TypeUse {
        if flat.properties.isEmpty, let additional = flat.place("additionalProperties"), additional.node.isMapping {
            guard open.insert(reference).inserted else { return holdingItself(additional.node) }
            defer { open.remove(reference) }
            return .dictionary(use(additional.node, at: additional.reference, direction, hint: hint + "Value"))
        }
        if flat.properties.isEmpty, !flat.all("additionalProperties").contains(where: { $0.bool == false }) {
            return .dictionary(.any)
        }
        return model(at: reference, direction, hint: hint, flat) { lowering, name in
            .object(lowering.objectShape(flat, direction, name: name))
        }
    }

    mutating func objectShape(_ flat: FlatSchema, _ direction: Direction, name: String) -> ObjectModel {
        var properties: [PropertyModel] = []
        var refused: [String] = []
        var taken: Set<String> = ["self", "init", "Type", "additional"]
        for property in flat.properties {
            let schema = FlatSchema(property.node, at: property.reference, in: documents)
            if schema["readOnly"]?.bool == true, direction == .read {
                refused.append(property.name)
            } else if schema["writeOnly"]?.bool != true || direction == .read {
                properties.append(self.property(property, schema, flat, direction, model: name, &taken))
            }
        }
        return ObjectModel(
            properties: properties, additional: additional(flat, direction, name), refused: refused,
            requirements: Self.requirements(flat))
    }

    private static func requirements(_ flat: FlatSchema) -> [[String]] {
        flat.all("anyOf").filter(\.isListOfRequirements).flatMap(\.items).map { item in
            (item["required"]?.items ?? []).compactMap(\.string)
        }
    }

    mutating func property(
        _ property: FlatSchema.Property, _ schema: FlatSchema, _ flat: FlatSchema, _ direction: Direction,
        model: String, _ taken: inout Set<String>
    ) -> PropertyModel {
        let type = use(property.node, at: property.reference, direction, hint: model + SwiftNames.upper(property.name))
        let (bare, isNullable) = Self.unwrapped(type)
        var presence: PropertyModel.Presence
        if flat.required.contains(property.name) {
            presence = isNullable ? .requiredNullable : .required
        } else if let value = schema["default"], !value.isNull, let text = defaultText(value, bare) {
            presence = .defaulted(text)
        } else {
            presence = isNullable ? .optionalNullable : .optional
        }
        let isDefaulted = if case .defaulted = presence { true } else { false }
        return PropertyModel(
            name: property.name, swiftName: SwiftNames.unique(SwiftNames.lower(property.name), in: &taken),
            documentation: SpecText.lines(property.node["description"]?.string),
            // Null and the default are two values.
            type: isDefaulted ? type : bare, presence: presence)
    }

    static func unwrapped(_ type: TypeUse) -> (TypeUse, Bool) {
        if case .nullable(let inner) = type { (inner, true) } else { (type, false) }
    }

    mutating func additional(_ flat: FlatSchema, _ direction: Direction, _ name: String)
        -> ObjectModel.Additional
    {
        if flat.all("additionalProperties").contains(where: { $0.bool == false }) { return .refused }
        guard let schema = flat.place("additionalProperties"), schema.node.isMapping else { return .ignored }
        return .kept(use(schema.node, at: schema.reference, direction, hint: name + "Value"))
    }

    /// The Swift expression of a default; nil where the type has no literal, which Check refuses.
    func defaultText(_ value: Node, _ type: TypeUse) -> String? {
        switch type {
        case .text: return value.string.map(SwiftLiteral.text)
        case .integer: return value.integer.map { "\($0)" }
        case .number: return value.number.map { "\($0)" }
        case .bool: return value.bool.map { "\($0)" }
        case .nullable(let inner), .constant(let inner, _), .choice(let inner, _): return defaultText(value, inner)
        case .array(let item, _, _, _):
            let texts = value.items.compactMap { defaultText($0, item) }
            return texts.count == value.items.count ? "[" + texts.joined(separator: ", ") + "]" : nil
        case .model(let name):
            guard case .enumeration(let cases)? = model(named: name)?.shape else { return nil }
            return cases.first { $0.text == value.string }.map {
                "\(name).\(SwiftLiteral.identifier($0.swiftName))"
            }
        default: return nil
        }
    }
}
