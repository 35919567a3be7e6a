/// The parsed files of a spec, with resolution of `$ref`s between them.
package struct SpecDocuments: Sendable {
    /// The target of a `$ref`.
    package struct Target: Sendable {
        package let node: Node
        package let reference: Reference
    }

    /// The root document.
    package let root: Node
    /// The root document's path inside the spec's folder.
    package let rootPath: String
    /// The root mappings of all documents that belong to the spec, by path inside the folder.
    package let documents: [String: Node]
    /// All files of the spec, parsed or not (queries, migrations).
    package let files: SpecFiles

    /// The path inside the folder, by the path printed in diagnostics.
    private let pathsByPrintedPath: [String: String]

    init(root: Node, rootPath: String, documents: [String: Node], files: SpecFiles) {
        self.root = root
        self.rootPath = rootPath
        self.documents = documents
        self.files = files
        pathsByPrintedPath = Dictionary(
            files.files.map { ($0.value.path, $0.key) }, uniquingKeysWith: { first, _ in first })
    }

    /// The identity of a document's root.
    package func reference(toDocument path: String) -> Reference {
        Reference(file: path, pointer: "")
    }

    /// The path inside the spec's folder of a node's file.
    package func path(of location: Location) -> String {
        pathsByPrintedPath[location.file.path] ?? location.file.path
    }

    /// The direct target of a `$ref`, which may be another `$ref`.
    ///
    /// The path in the text is relative to the file that contains it.
    package func resolve(_ text: Node) -> Result<Target, Diagnostic> {
        Result { () throws(Diagnostic) in try step(text) }
    }

    /// The node itself, or the end of its chain of `$ref`s.
    ///
    /// `reference` is the node's own identity, returned if the node is not a `$ref`.
    package func follow(_ node: Node, at reference: Reference) -> Result<Target, Diagnostic> {
        follow(Target(node: node, reference: reference))
    }

    /// The target itself, or the end of the chain of `$ref`s that begins there.
    package func follow(_ target: Target) -> Result<Target, Diagnostic> {
        Result { () throws(Diagnostic) in
            var chain = [target]
            while let last = chain.last, let text = last.node["$ref"], text.string != nil {
                let next = try step(text)
                if let loop = chain.firstIndex(where: { $0.reference == next.reference }) {
                    throw ReferenceCycle(chain: chain[loop...]).diagnostic
                }
                guard chain.count < ParseLimits.referenceChainMax else { throw tooLong(at: text) }
                chain.append(next)
            }
            return chain[chain.count - 1]
        }
    }

    private func step(_ text: Node) throws(Diagnostic) -> Target {
        try ReferenceResolver(written: ReferenceText(node: text, file: path(of: text.location)), documents: self)
            .target()
    }

    /// The rule for a chain of too many `$ref`s.
    static let chainRule = "ref-chain"

    private func tooLong(at text: Node) -> Diagnostic {
        Diagnostic(
            rule: Self.chainRule, "the chain of $refs is longer than \(ParseLimits.referenceChainMax)",
            at: text.location)
    }
}
