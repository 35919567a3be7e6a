/// Makes types of schemas: names each once, and follows their use in requests and in answers.
struct SchemaLowering {
    /// Who makes a value: a client (we read it) or we (we write it).
    enum Direction {
        case read, write
    }

    struct Key: Hashable {
        let reference: Reference
        /// Told apart only where the two sides of a schema differ.
        let direction: Direction?
    }

    let documents: SpecDocuments
    var patterns: [PatternModel] = []
    var diagnostics: [Diagnostic] = []
    var models: [Key: Model] = [:]
    var names: [Key: String] = [:]
    var taken: Set<String>
    var splits: [Reference: Bool] = [:]
    /// Schemas without a name of their own that are being lowered: one that holds itself ends here.
    var open: Set<Reference> = []

    init(documents: SpecDocuments, taken: Set<String>) {
        self.documents = documents
        self.taken = taken
    }

    /// The models in the order of their names, with cycles of values broken.
    var finishedModels: [Model] {
        Boxing.box(models.values.sorted { $0.name < $1.name })
    }

    func model(named name: String) -> Model? { models.values.first { $0.name == name } }

    /// The type of a schema where it is used; `hint` names it if it has no name of its own.
    mutating func use(_ node: Node, at reference: Reference, _ direction: Direction, hint: String) -> TypeUse {
        guard case .success(let target) = documents.follow(node, at: reference) else { return .any }
        let flat = FlatSchema(node, at: reference, in: documents)
        let owner = flat.hasRules(beside: target.reference) ? reference : target.reference
        let type = bare(flat, at: owner, direction, hint: hint)
        return flat.isNullable ? .nullable(type) : type
    }

    mutating func bare(
        _ flat: FlatSchema, at reference: Reference, _ direction: Direction, hint: String
    ) -> TypeUse {
        if let constant = flat["const"] { return .constant(scalar(flat), json: NodeText.json(constant)) }
        if let union = alternatives(flat) { return self.union(union, flat, at: reference, direction, hint: hint) }
        if let values = flat.enumeration { return enumeration(values, flat, at: reference, direction, hint: hint) }
        switch flat.type {
        case "object"?: return object(flat, at: reference, direction, hint: hint)
        case "array"?: return array(flat, at: reference, direction, hint: hint)
        default: return scalar(flat)
        }
    }

    // MARK: Lists, enums, unions

    mutating func array(
        _ flat: FlatSchema, at reference: Reference, _ direction: Direction, hint: String
    ) -> TypeUse {
        var item = TypeUse.any
        if let items = flat.place("items"), open.insert(reference).inserted {
            item = use(items.node, at: items.reference, direction, hint: hint + "Item")
            open.remove(reference)
        }
        return .array(
            item, minimum: flat["minItems"]?.integer ?? 0, maximum: flat["maxItems"]?.integer,
            isUnique: flat["uniqueItems"]?.bool ?? false)
    }

    mutating func enumeration(
        _ values: [Node], _ flat: FlatSchema, at reference: Reference, _ direction: Direction, hint: String
    ) -> TypeUse {
        let values = values.filter { !$0.isNull }
        let texts = values.compactMap(\.string)
        guard texts.count == values.count, !texts.isEmpty else {
            return .choice(scalar(flat), json: values.map(NodeText.json))
        }
        return model(at: reference, direction, hint: hint, flat) { _, _ in
            var taken: Set<String> = ["self", "init", "Type"]
            return .enumeration(
                texts.map { EnumCase(text: $0, swiftName: SwiftNames.unique(SwiftNames.lower($0), in: &taken)) })
        }
    }
}
