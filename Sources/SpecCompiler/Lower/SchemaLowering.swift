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
    /// What each pattern compiles to.
    let automata: PatternCache
    var patterns: [PatternModel] = []
    var diagnostics: [Diagnostic] = []
    var models: [Key: Model] = [:]
    var names: [Key: String] = [:]
    var taken: Set<String>
    var splits: [Reference: Bool] = [:]
    /// Schemas without a name of their own that are being lowered: one that holds itself ends here.
    var open: Set<Reference> = []

    init(documents: SpecDocuments, automata: PatternCache, taken: Set<String>) {
        self.documents = documents
        self.automata = automata
        self.taken = taken
    }

    /// The models in the order of their names, with cycles of values broken.
    var finishedModels: [Model] {
        var taken = taken
        return Boxing.box(models.values.sorted { $0.name < $1.name }).map { model in
            var model = model
            model.rulesName = SwiftNames.unique(model.name + "Rules", in: &taken)
            return model
        }
    }

    func model(named name: String) -> Model? { models.values.first { $0.name == name } }

    /// The type of a schema where it is used; `hint` names it if it has no name of its own.
    mutating func use(_ node: Node, at reference: Reference, _ direction: Direction, hint: String) -> TypeUse {
        guard case .success(let target) = documents.follow(node, at: reference) else { return .any }
        let flat = FlatSchema(node, at: reference, in: documents)
        let owner = flat.hasRules(beside: target.reference) ? reference : target.reference
        let type = bare(flat, at: owner, direction, hint: hint)
        return isNullable(flat) ? .nullable(type) : type
    }

    mutating func bare(
        _ flat: FlatSchema, at reference: Reference, _ direction: Direction, hint: String
    ) -> TypeUse {
        if let constant = flat["const"] { return chosen([constant], flat) }
        if let union = alternatives(flat) { return self.union(union, flat, at: reference, direction, hint: hint) }
        if let values = flat.enumeration { return enumeration(values, flat, at: reference, direction, hint: hint) }
        if let types = flat.severalTypes {
            return severalTypes(types, flat, at: reference, direction, hint: hint)
        }
        switch flat.type {
        case "null"?: return .constant(.any, json: "null")
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
        if let items = flat.place("items") {
            guard open.insert(reference).inserted else { return holdingItself(items.node) }
            item = use(items.node, at: items.reference, direction, hint: hint + "Item")
            open.remove(reference)
        }
        return .array(
            item, minimum: flat.all("minItems").compactMap(\.integer).max() ?? 0,
            maximum: flat.all("maxItems").compactMap(\.integer).min(),
            isUnique: flat.all("uniqueItems").contains { $0.bool == true })
    }

    /// A list or dictionary of itself, with no named type on the way, is no Swift type.
    mutating func holdingItself(_ node: Node) -> TypeUse {
        diagnostics.append(
            Diagnostic(
                rule: "keyword-unsupported", "a list or dictionary that holds itself is not enforced yet",
                at: node.location, help: "put it into a property of an object"))
        return .any
    }

    mutating func enumeration(
        _ values: [Node], _ flat: FlatSchema, at reference: Reference, _ direction: Direction, hint: String
    ) -> TypeUse {
        let values = values.filter { !$0.isNull }
        guard !values.isEmpty else { return .constant(.any, json: "null") }
        let texts = values.compactMap(\.string)
        guard texts.count == values.count, !texts.isEmpty else { return chosen(values, flat) }
        return model(at: reference, direction, hint: hint, flat) { _, _ in
            var taken: Set<String> = ["self", "init", "Type"]
            return .enumeration(
                texts.map { EnumCase(text: $0, swiftName: SwiftNames.unique(SwiftNames.lower($0), in: &taken)) })
        }
    }
}
