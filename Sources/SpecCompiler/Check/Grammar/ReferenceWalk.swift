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
        var chain: [Node] = []
        var end: Node? = node
        while let next = end, let text = next["$ref"], text.string != nil {
            if let known = targets[ObjectIdentifier(next)] {
                end = known
                break
            }
            chain.append(next)
            end = chain.count < ParseLimits.referenceChainMax ? step(text) : nil
        }
        for link in chain { targets[ObjectIdentifier(link)] = .some(end) }
        return end
    }

    /// What the text of a `$ref` names, which may be a `$ref` again.
    func step(_ text: Node) -> Node? {
        guard case .success(let target) = documents.resolve(text) else { return nil }
        return target.node
    }
}
