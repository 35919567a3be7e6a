/// Follows `$ref`s by the identity of nodes, each one once.
final class ReferenceWalk {
    private let documents: SpecDocuments
    private var targets: [ObjectIdentifier: Node?] = [:]
    private var steps: [ObjectIdentifier: SpecDocuments.Target?] = [:]
    /// Schemas with a `$ref` of OpenAPI 3.0, without what has no effect beside it.
    private var bare: [ObjectIdentifier: (schema: Node, bare: Node)] = [:]
    let isVersion30: Bool

    init(_ documents: SpecDocuments) {
        self.documents = documents
        isVersion30 = documents.root["openapi"]?.string?.hasPrefix("3.0") == true
    }

    /// A schema without the keywords that OpenAPI 3.0 ignores beside a `$ref`.
    func effective(_ schema: Node) -> Node {
        guard isVersion30, schema["$ref"]?.string != nil, schema.members.count > 1 else { return schema }
        if let known = bare[ObjectIdentifier(schema)] { return known.bare }
        let members = schema.members.filter { Self.effectiveKeys.contains($0.key) }
        let made = members.count == schema.members.count ? schema : Node(.mapping(members), at: schema.location)
        bare[ObjectIdentifier(schema)] = (schema, made)
        return made
    }

    /// `nullable` is read there, as authors mean it; words do no harm.
    private static let effectiveKeys: Set = [
        "$ref", "nullable", "title", "description", "example", "deprecated", "readOnly", "writeOnly",
    ]

    /// The node itself, or the end of its chain of `$ref`s; nil if Parse reported the chain as unresolved.
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
            end = chain.count < ParseLimits.referenceChainMax ? step(text)?.node : nil
        }
        for link in chain { targets[ObjectIdentifier(link)] = .some(end) }
        return end
    }

    /// The direct target of a `$ref`, which may be a `$ref` again; nil if Parse reported it as unresolved.
    func step(_ text: Node) -> SpecDocuments.Target? {
        if let known = steps[ObjectIdentifier(text)] { return known }
        let target = try? documents.resolve(text).get()
        steps[ObjectIdentifier(text)] = .some(target)
        return target
    }
}
