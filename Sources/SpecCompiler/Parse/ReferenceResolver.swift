/// Resolves one `$ref`.
struct ReferenceResolver {
    /// The rule for a `$ref` that leads nowhere.
    static let unknownRule = "ref-unknown"

    let written: ReferenceText
    let documents: SpecDocuments

    func target() throws(Diagnostic) -> SpecDocuments.Target {
        let (path, pointer) = try written.parts()
        guard let document = documents.documents[path] else { throw missing(path) }
        let target = SpecDocuments.Target(node: document, reference: Reference(file: path, pointer: ""))
        return try walk(pointer, from: target)
    }

    private func walk(
        _ pointer: String, from start: SpecDocuments.Target
    ) throws(Diagnostic) -> SpecDocuments.Target {
        var target = start
        for part in pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
            let name = JSONPointer.unescape(String(part))
            guard let next = Self.child(name, of: target.node) else { throw unknown(name, in: target) }
            target = SpecDocuments.Target(node: next, reference: target.reference.appending(name))
        }
        return target
    }

    private static func child(_ name: String, of node: Node) -> Node? {
        switch node.value {
        case .mapping: return node[name]
        case .sequence(let items):
            guard let index = Int(name), String(index) == name, items.indices.contains(index) else { return nil }
            return items[index]
        default: return nil
        }
    }

    // MARK: Findings

    private func unknown(_ name: String, in parent: SpecDocuments.Target) -> Diagnostic {
        let place = parent.reference.pointer.isEmpty ? "the root of \(parent.reference.file)" : "\(parent.reference)"
        return written.diagnostic(
            Self.unknownRule, "'\(written.node.string ?? "")' does not exist: \(place) has no '\(name)'",
            help: Suggestion.help(for: name, among: parent.node.members.map(\.key)))
    }

    /// The schema of the same document that was named without a pointer.
    private var schema: String? {
        let schemas = documents.documents[written.file]?["components"]?["schemas"]?.members.map(\.key) ?? []
        guard let name = written.node.string else { return nil }
        return schemas.contains(name) ? name : Suggestion.nearest(name, among: schemas)
    }

    private func missing(_ path: String) -> Diagnostic {
        let printed = documents.files.folder.isEmpty ? path : PathName.normalise(documents.files.folder + "/" + path)
        let isData = path.hasSuffix(".yaml") || path.hasSuffix(".yml") || path.hasSuffix(".json")
        if !isData {
            return written.diagnostic(
                Self.unknownRule, "the $ref refers to '\(printed)', which is not a .yaml, .yml or .json file",
                help: schema.map { "a schema of this document is '#/components/schemas/\($0)'" })
        }
        return written.diagnostic(
            Self.unknownRule, "the file '\(printed)' does not exist",
            help: Suggestion.help(for: path, among: documents.files.files.keys))
    }
}
