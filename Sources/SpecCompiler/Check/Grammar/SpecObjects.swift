/// A checked document's objects, each met once: what the rules of Check look at.
struct SpecObjects {
    let documents: SpecDocuments
    let edition: Edition
    let references: ReferenceWalk
    /// In the order in which they were met; a `$ref` is one only where it may have neighbours.
    private(set) var nodes: [ObjectKind: [Node]] = [:]
    /// Schemas with an identity of their own: components, and whatever a `$ref` leads to.
    var namedSchemas: Set<ObjectIdentifier> = []

    init(documents: SpecDocuments, edition: Edition) {
        self.documents = documents
        self.edition = edition
        references = ReferenceWalk(documents)
    }

    mutating func add(_ node: Node, _ kind: ObjectKind) { nodes[kind, default: []].append(node) }

    func all(_ kind: ObjectKind) -> [Node] { nodes[kind] ?? [] }

    /// The value that a node means.
    func target(of node: Node) -> Node? { references.target(of: node) }

    /// The value of a member, `$ref`s followed.
    func member(_ name: String, of node: Node) -> Node? { node[name].flatMap(target) }
}
