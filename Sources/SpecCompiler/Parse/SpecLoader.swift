/// Parses the files that belong to a spec: the root document and all targets of its `$ref`s.
package struct SpecLoader {
    private let files: SpecFiles
    private let parser: SpecParser
    private var documents: [String: Node] = [:]
    private var parsed: Set<String> = []
    private var diagnostics: [Diagnostic] = []
    private var isSpoiled = false

    private init(_ files: SpecFiles, limits: ParseLimits) {
        self.files = files
        parser = SpecParser(limits: limits)
    }

    /// Returns the documents, or nil if there is no root or a document could not be read as a whole, and all findings.
    package static func load(
        _ files: SpecFiles, limits: ParseLimits = ParseLimits()
    ) -> (documents: SpecDocuments?, diagnostics: [Diagnostic]) {
        var loader = SpecLoader(files, limits: limits)
        return (loader.load(), loader.diagnostics)
    }

    private mutating func load() -> SpecDocuments? {
        guard let rootPath = files.rootPath else { return nil }
        refuseSecondRoot(after: rootPath)
        parse(rootPath)
        for path in Self.besideRoot where files.files[path] != nil { parse(path) }
        let reached = readReferences(from: rootPath)
        readUnused(reached: reached)
        if !isSpoiled { refuseUnread() }
        guard !isSpoiled, let root = documents[rootPath] else { return nil }
        return SpecDocuments(root: root, rootPath: rootPath, documents: documents, files: files)
    }

    /// Documents that belong to a spec without a `$ref` to them.
    private static let besideRoot = ["schema.yaml"]

    private mutating func refuseSecondRoot(after rootPath: String) {
        for name in SpecFiles.rootNames where name != rootPath {
            guard let second = files.files[name], let first = files.files[rootPath] else { continue }
            diagnostics.append(
                Diagnostic(
                    rule: "root-unique", "the spec has a second root document", at: second.beginning,
                    notes: [Diagnostic.Note("the first one is here", at: first.beginning)],
                    help: "remove one of them"))
        }
    }

    private mutating func parse(_ path: String) {
        guard parsed.insert(path).inserted, let file = files.files[path] else { return }
        let document = parser.parse(file)
        diagnostics += document.diagnostics
        documents[path] = document.root
        isSpoiled = isSpoiled || document.root == nil
    }

    /// Parses files in the order of the `$ref`s that refer to them, and reports unresolved `$ref`s.
    private mutating func readReferences(from rootPath: String) -> Set<String> {
        var reached: Set<String> = [rootPath]
        var waiting = [rootPath]
        var texts: [Node] = []
        while let path = waiting.popLast() {
            parse(path)
            guard let document = documents[path] else { continue }
            let found = ReferenceFinder.references(in: document)
            texts += found
            for next in found.compactMap({ file(named: $0, in: path) }) where reached.insert(next).inserted {
                waiting.append(next)
            }
        }
        if !isSpoiled { check(texts, rootPath: rootPath) }
        return reached
    }

    /// The file that a `$ref` refers to, or nil if it is not part of the spec.
    private func file(named text: Node, in path: String) -> String? {
        guard let parts = try? ReferenceText(node: text, file: path).parts() else { return nil }
        return files.files[parts.path] == nil ? nil : parts.path
    }

    private mutating func check(_ texts: [Node], rootPath: String) {
        guard let root = documents[rootPath] else { return }
        let all = SpecDocuments(root: root, rootPath: rootPath, documents: documents, files: files)
        for text in texts {
            guard case .failure(let diagnostic) = all.resolve(text).flatMap(all.follow) else { continue }
            diagnostics.append(diagnostic)
            // Every $ref of an over-long chain would be followed as far again.
            if diagnostic.rule == SpecDocuments.chainRule { return }
        }
    }

    /// Files without a `$ref` in folders for parts of the spec, parsed to report their own mistakes.
    private mutating func readUnused(reached: Set<String>) {
        let unused = ["paths", "schemas"].flatMap { files.files(under: $0, endings: ["yaml", "yml", "json"]) }
            .filter { !reached.contains($0.0) }
        for (path, _) in unused { parse(path) }
        // Behind a syntax error the $refs are not known, and one that leads nowhere was probably meant for such a file.
        guard !isSpoiled, !diagnostics.contains(where: { $0.rule == ReferenceResolver.unknownRule }) else { return }
        for (_, file) in unused {
            diagnostics.append(
                Diagnostic(
                    .warning, rule: "file-unused", "no $ref refers to this file", at: file.beginning,
                    help: "refer to it from \(rootName), or remove it"))
        }
    }

    /// Rejects files that no part of this release reads: what the spec says in them would have no effect.
    private mutating func refuseUnread() {
        for (path, file) in files.files.sorted(by: { $0.key < $1.key })
        where !parsed.contains(path) && !SpecFiles.rootNames.contains(path) && !files.isStorage(path) {
            diagnostics.append(
                Diagnostic(
                    rule: "file-unread", "this file is not read, so it would have no effect", at: file.beginning,
                    help: UnreadFile(path: path, hasTables: files.files["schema.yaml"] != nil).help))
        }
    }

    private var rootName: String { files.rootPath ?? SpecFiles.rootNames[0] }
}
