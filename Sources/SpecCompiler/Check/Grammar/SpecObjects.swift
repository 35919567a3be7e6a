/// The objects of the checked documents, each listed once; the input of Check's rules.
struct SpecObjects {
    let documents: SpecDocuments
    let edition: Edition
    let references: ReferenceWalk
    /// Objects by kind in visiting order; a `$ref` is included only where other keywords are allowed beside it.
    private(set) var nodes: [ObjectKind: [Node]] = [:]
    /// Schemas with an identity of their own: components and targets of `$ref`s.
    var namedSchemas: Set<ObjectIdentifier> = []

    init(documents: SpecDocuments, edition: Edition) {
        self.documents = documents
        self.edition = edition
        references = ReferenceWalk(documents)
    }

    mutating func add(_ node: Node, _ kind: ObjectKind) { nodes[kind, default: []].append(node) }

    func all(_ kind: ObjectKind) -> [Node] { nodes[kind] ?? [] }

    /// The node itself, or the end of its chain of `$ref`s.
    func target(of node: Node) -> Node? { references.target(of: node) }

    /// The value of a member, with `$ref`s resolved.
    func member(_ name: String, of node: Node) -> Node? { node[name].flatMap(target) }
}
