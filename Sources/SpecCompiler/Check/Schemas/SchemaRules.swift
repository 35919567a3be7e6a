/// Checks every schema against the rules of its keywords.
struct SchemaRules {
    let objects: SpecObjects
    let folds: FoldedSchemas
    let validator: SchemaValidator
    var findings = Findings()
    /// Items of an `allOf`, which are parts of another schema.
    private let partial: Set<ObjectIdentifier>
    private let choices: Set<ObjectIdentifier>
    /// Alternatives of a schema that has a type itself.
    private let typedChoices: Set<ObjectIdentifier>

    init(_ objects: SpecObjects, _ folds: FoldedSchemas, _ validator: SchemaValidator) {
        self.validator = validator
        self.objects = objects
        self.folds = folds
        partial = Self.items(["allOf"], objects.all(.schema))
        choices = Self.items(["oneOf", "anyOf"], objects.all(.schema))
        typedChoices = Self.items(["oneOf", "anyOf"], objects.all(.schema).filter { folds.fold($0).types != nil })
    }

    private static func items(_ keywords: [String], _ schemas: [Node]) -> Set<ObjectIdentifier> {
        let nodes = schemas.flatMap { schema in keywords.flatMap { schema[$0]?.items ?? [] } }
        return Set(nodes.map(ObjectIdentifier.init))
    }

    func isPartial(_ schema: Node) -> Bool { partial.contains(ObjectIdentifier(schema)) }

    /// True if another schema determines the type of the values.
    func isTypedElsewhere(_ schema: Node) -> Bool {
        isPartial(schema) || typedChoices.contains(ObjectIdentifier(schema))
    }

    func isChoice(_ schema: Node) -> Bool { choices.contains(ObjectIdentifier(schema)) }

    mutating func check() {
        var bounds = BoundRules()
        for schema in objects.all(.schema) {
            let folded = folds.fold(schema)
            if let flag = schema.bool { refuse(flag, schema) }
            bounds.check(folded)
            check(schema, folded)
        }
        findings.add(bounds.findings)
    }

    private mutating func refuse(_ flag: Bool, _ schema: Node) {
        guard !flag else { return }
        findings.error("keyword-unsupported", "a schema that allows nothing is not enforced yet", at: schema.location)
    }
}
