/// Lowers schemas to types: names each once, and tracks its use in requests and responses.
struct SchemaLowering {
    /// The direction of a schema's use: in requests (decoded) or in responses (encoded).
    enum Direction {
        case read, write
    }

    struct Key: Hashable {
        let reference: Reference
        /// The direction, or nil if the schema is the same in both.
        let direction: Direction?
    }

    let documents: SpecDocuments
    let folds: FoldedSchemas
    let validator: SchemaValidator
    /// The compiled patterns.
    let automata: PatternCache
    var patterns: [PatternModel] = []
    var patternNames: Set<String> = []
    var diagnostics: [Diagnostic] = []
    /// The security scheme that `x-signed` names, once it was seen.
    var signingScheme: String?
    var models: [Key: Model] = [:]
    var names: [Key: String] = [:]
    var taken: Set<String>
    /// The names that operations have if no model has them: models without a name of their own avoid them.
    let operationNames: Set<String>
    var splits: [Reference: Bool] = [:]
    var splitDepth = 0
    /// The unnamed schemas being lowered; detects those that contain themselves.
    var open: Set<Reference> = []
    private var depth = 0
    private var propertyCount = 0
    private var isOverBound = false

    /// The maximum nesting of schemas, each a part of the one before.
    static let depthMax = 10_000
    /// The maximum number of properties of all models together: an `allOf` copies those of its parts.
    private static let propertiesMax = 50_000

    init(
        documents: SpecDocuments, automata: PatternCache, taken: Set<String>, operationNames: Set<String>
    ) {
        self.documents = documents
        let references = ReferenceWalk(documents)
        folds = FoldedSchemas(documents, references)
        validator = SchemaValidator(references, folds, automata)
        self.automata = automata
        self.taken = taken
        self.operationNames = operationNames
    }

    /// The models, sorted by name, with cycles of values boxed.
    var finishedModels: [Model] {
        var taken = taken.union(operationNames)
        return Boxing.box(models.values.sorted { $0.name < $1.name }).map { model in
            var model = model
            model.rulesName = SwiftNames.unique(model.name + "Rules", in: &taken)
            return model
        }
    }

    func model(named name: String) -> Model? { models.values.first { $0.name == name } }

    /// The type of a schema where it is used; `hint` names it if it has no name of its own.
    mutating func use(_ node: Node, at reference: Reference, _ direction: Direction, hint: String) -> TypeUse {
        guard case .success = documents.follow(node, at: reference) else { return .any }
        guard depth < Self.depthMax else {
            refuse("schemas are nested more than \(Self.depthMax) levels deep", at: node)
            return .any
        }
        depth += 1
        defer { depth -= 1 }
        let folded = folds.fold(node, at: reference)
        let type = bare(folded, at: folded.owner, direction, hint: hint)
        return isNullable(folded) ? .nullable(type) : type
    }

    mutating func bare(
        _ folded: FoldedSchema, at reference: Reference, _ direction: Direction, hint: String
    ) -> TypeUse {
        if folded["const"] != nil { return chosen(values(folded), folded) }
        if folded.enumeration != nil {
            return enumeration(values(folded), folded, at: reference, direction, hint: hint)
        }
        if let union = alternatives(folded) { return self.union(union, folded, at: reference, direction, hint: hint) }
        if let types = folded.severalTypes {
            return severalTypes(types, folded, at: reference, direction, hint: hint)
        }
        switch folded.type {
        case "null"?: return .constant(.any, json: "null")
        case "object"?: return object(folded, at: reference, direction, hint: hint)
        case "array"?: return array(folded, at: reference, direction, hint: hint)
        default: return scalar(folded, name: Self.ownName(of: reference) ?? hint)
        }
    }

    /// The values of `const` or `enum` that all parts of the schema allow, each once. Check rejects a schema without
    /// any.
    func values(_ folded: FoldedSchema) -> [Node] {
        var seen: Set<[UInt8]> = []
        return (validator.allowedValues(folded) ?? []).filter { seen.insert(NodeText.canonical($0)).inserted }
    }

    /// Counts the properties of a model.
    mutating func count(_ properties: Int, of schema: FoldedSchema) {
        propertyCount += properties
        if propertyCount > Self.propertiesMax {
            refuse("the models have more than \(Self.propertiesMax) properties together", at: schema.parts[0].node)
        }
    }

    /// Reports the first bound that the spec exceeds.
    private mutating func refuse(_ message: String, at node: Node) {
        guard !isOverBound else { return }
        isOverBound = true
        diagnostics.append(Diagnostic(rule: "size", message, at: node.location))
    }

    // MARK: Lists, enums, unions

    mutating func array(
        _ folded: FoldedSchema, at reference: Reference, _ direction: Direction, hint: String
    ) -> TypeUse {
        var item = TypeUse.any
        if let items = folded.place("items") {
            guard open.insert(reference).inserted else { return holdingItself(items.node) }
            item = use(items.node, at: items.reference, direction, hint: hint + "Item")
            open.remove(reference)
        }
        return .array(
            item, minimum: folded.all("minItems").compactMap(\.integer).max() ?? 0,
            maximum: folded.all("maxItems").compactMap(\.integer).min(),
            isUnique: folded.all("uniqueItems").contains { $0.bool == true })
    }

    /// Reports a list or dictionary that contains itself without a named type, which Swift cannot express.
    mutating func holdingItself(_ node: Node) -> TypeUse {
        diagnostics.append(
            Diagnostic(
                rule: "keyword-unsupported", "a list or dictionary that contains itself is not supported yet",
                at: node.location, help: "wrap it in a property of an object"))
        return .any
    }

    mutating func enumeration(
        _ values: [Node], _ folded: FoldedSchema, at reference: Reference, _ direction: Direction, hint: String
    ) -> TypeUse {
        let values = values.filter { !$0.isNull }
        guard !values.isEmpty else { return .constant(.any, json: "null") }
        let texts = values.compactMap(\.string)
        // An enum of Swift cannot tell texts apart that are canonically equivalent.
        guard texts.count == values.count, Set(texts).count == texts.count else { return chosen(values, folded) }
        return model(at: reference, direction, hint: hint, folded) { _, _ in
            var taken: Set<String> = ["self", "init", "Type"]
            return .enumeration(
                texts.map { EnumCase(text: $0, swiftName: SwiftNames.unique(SwiftNames.lower($0), in: &taken)) })
        }
    }
}
