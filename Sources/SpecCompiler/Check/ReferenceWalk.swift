/// Follows `$ref`s by the identity of nodes, each one once.
final class ReferenceWalk {
    private let documents: SpecDocuments
    private var targets: [ObjectIdentifier: Node?] = [:]

    init(_ documents: SpecDocuments) {
        self.documents = documents
    }

    /// The value that a node means: itself, or the end of its chain of `$ref`s; nil where Parse found that broken.
    func target(of node: Node) -> Node? {
        guard node["$ref"]?.string != nil else { return node }
        if let known = targets[ObjectIdentifier(node)] { return known }
        var end: Node? = node
        for _ in 0..<ParseLimits.referenceChainMax {
            guard let text = end?["$ref"], text.string != nil else { break }
            end = step(text)
        }
        if end?["$ref"]?.string != nil { end = nil }
        targets[ObjectIdentifier(node)] = .some(end)
        return end
    }

    /// What the text of a `$ref` names, which may be a `$ref` again.
    func step(_ text: Node) -> Node? {
        guard case .success(let target) = documents.resolve(text) else { return nil }
        return target.node
    }
}
