extension SchemaLowering {
    mutating func object(
        _ folded: FoldedSchema, at reference: Reference, _ direction: Direction, hint: String
    ) -> TypeUse {
        if folded.properties.isEmpty, let additional = folded.place("additionalProperties"), additional.node.isMapping {
            guard open.insert(reference).inserted else { return holdingItself(additional.node) }
            defer { open.remove(reference) }
            return .dictionary(use(additional.node, at: additional.reference, direction, hint: hint + "Value"))
        }
        if folded.properties.isEmpty, !folded.all("additionalProperties").contains(where: { $0.bool == false }) {
            return .dictionary(.any)
        }
        return model(at: reference, direction, hint: hint, folded) { lowering, name in
            .object(lowering.objectShape(folded, direction, name: name))
        }
    }

    mutating func objectShape(_ folded: FoldedSchema, _ direction: Direction, name: String) -> ObjectModel {
        var properties: [PropertyModel] = []
        var refused: [String] = []
        var taken: Set<String> = ["self", "init", "Type", "additional"]
        let all = folded.properties
        count(all.count, of: folded)
        for property in all {
            let schema = folds.fold(property.node, at: property.reference)
            if schema["readOnly"]?.bool == true, direction == .read {
                refused.append(property.name)
            } else if schema["writeOnly"]?.bool != true || direction == .read {
                properties.append(self.property(property, schema, folded, direction, model: name, &taken))
            }
        }
        return ObjectModel(
            properties: properties, additional: additional(folded, direction, name), refused: refused,
            requirements: Self.requirements(folded))
    }

    private static func requirements(_ folded: FoldedSchema) -> [[String]] {
        folded.all("anyOf").filter(\.isListOfRequirements).flatMap(\.items).map { item in
            (item["required"]?.items ?? []).compactMap(\.string)
        }
    }

    mutating func property(
        _ property: FoldedSchema.Property, _ schema: FoldedSchema, _ folded: FoldedSchema, _ direction: Direction,
        model: String, _ taken: inout Set<String>
    ) -> PropertyModel {
        let type = use(property.node, at: property.reference, direction, hint: model + SwiftNames.upper(property.name))
        let (bare, isNullable) = Self.unwrapped(type)
        var presence: PropertyModel.Presence
        if folded.required.contains(property.name) {
            presence = isNullable ? .requiredNullable : .required
        } else if let value = validDefault(schema), !value.isNull, let text = defaultText(value, bare) {
            presence = .defaulted(text)
        } else {
            presence = isNullable ? .optionalNullable : .optional
        }
        let isDefaulted = if case .defaulted = presence { true } else { false }
        return PropertyModel(
            name: property.name, swiftName: SwiftNames.unique(SwiftNames.lower(property.name), in: &taken),
            documentation: SpecText.lines(property.node["description"]?.string),
            // Null and the default are distinct values.
            type: isDefaulted ? type : bare, presence: presence)
    }

    /// The default, if it keeps the schema's own rules: one that does not is not applied.
    func validDefault(_ schema: FoldedSchema) -> Node? {
        guard let value = schema["default"], validator.violations(of: value, schema.parts[0].node).isEmpty else {
            return nil
        }
        return value
    }

    static func unwrapped(_ type: TypeUse) -> (TypeUse, Bool) {
        if case .nullable(let inner) = type { (inner, true) } else { (type, false) }
    }

    mutating func additional(_ folded: FoldedSchema, _ direction: Direction, _ name: String)
        -> ObjectModel.Additional
    {
        if folded.all("additionalProperties").contains(where: { $0.bool == false }) { return .refused }
        guard let schema = folded.place("additionalProperties"), schema.node.isMapping else { return .ignored }
        return .kept(use(schema.node, at: schema.reference, direction, hint: name + "Value"))
    }

    /// The Swift expression of a default, or nil if the type has no literal (Check rejects it).
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
