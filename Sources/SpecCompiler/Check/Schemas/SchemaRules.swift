/// Holds every schema against the rules of its keywords.
struct SchemaRules {
    let objects: SpecObjects
    let views: SchemaViews
    var findings = Findings()
    /// Items of an `allOf`: rules of another schema, and no whole one.
    private let partial: Set<ObjectIdentifier>
    private let choices: Set<ObjectIdentifier>

    init(_ objects: SpecObjects, _ views: SchemaViews) {
        self.objects = objects
        self.views = views
        partial = Self.items(["allOf"], objects)
        choices = Self.items(["oneOf", "anyOf"], objects)
    }

    private static func items(_ keywords: [String], _ objects: SpecObjects) -> Set<ObjectIdentifier> {
        let nodes = objects.all(.schema).flatMap { schema in keywords.flatMap { schema[$0]?.items ?? [] } }
        return Set(nodes.map(ObjectIdentifier.init))
    }

    func isPartial(_ schema: Node) -> Bool { partial.contains(ObjectIdentifier(schema)) }

    func isChoice(_ schema: Node) -> Bool { choices.contains(ObjectIdentifier(schema)) }

    mutating func check() {
        var bounds = BoundRules()
        for schema in objects.all(.schema) {
            let view = views.view(schema)
            if let flag = schema.bool { refuse(flag, schema) }
            bounds.check(view)
            check(schema, view)
        }
        findings.add(bounds.findings)
    }

    private mutating func refuse(_ flag: Bool, _ schema: Node) {
        guard !flag else { return }
        findings.error("keyword-unsupported", "a schema that allows nothing is not enforced yet", at: schema.location)
    }
}
