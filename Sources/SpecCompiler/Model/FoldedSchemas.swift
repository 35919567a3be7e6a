/// The folded schemas of a spec, each made once.
final class FoldedSchemas {
    private let documents: SpecDocuments
    private let references: ReferenceWalk
    private var known: [ObjectIdentifier: FoldedSchema] = [:]

    init(_ documents: SpecDocuments, _ references: ReferenceWalk) {
        self.documents = documents
        self.references = references
    }

    /// Folds a schema that is known by its node. Its reference names only its file: nothing is named after it.
    func fold(_ node: Node) -> FoldedSchema {
        if let schema = known[ObjectIdentifier(node)] { return schema }
        let file = documents.reference(toDocument: documents.path(of: node.location))
        let schema = FoldedSchema(node, at: file, references)
        known[ObjectIdentifier(node)] = schema
        return schema
    }

    /// Folds a schema at its place in the spec, from which Lower takes names.
    func fold(_ node: Node, at reference: Reference) -> FoldedSchema {
        FoldedSchema(node, at: reference, references)
    }
}
