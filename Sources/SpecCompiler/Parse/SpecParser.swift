/// Parses a YAML or JSON file into a tree of nodes with locations.
package struct SpecParser: Sendable {
    /// The result of parsing one file.
    package struct Document: Sendable {
        /// The root mapping, or nil if the file could not be read as a whole.
        package let root: Node?
        package let diagnostics: [Diagnostic]
    }

    private let limits: ParseLimits

    package init(limits: ParseLimits = ParseLimits()) {
        self.limits = limits
    }

    /// Parses a file. For any input it does not crash, and its time is bounded by the limits.
    package func parse(_ file: SourceFile) -> Document {
        do throws(Diagnostic) {
            return try read(file)
        } catch {
            return Document(root: nil, diagnostics: [error])
        }
    }

    private func read(_ file: SourceFile) throws(Diagnostic) -> Document {
        guard file.bytes.count <= limits.fileBytesMax else {
            throw Diagnostic(
                rule: "file-size", "the file has \(file.bytes.count) bytes; at most \(limits.fileBytesMax) are read",
                at: file.beginning)
        }
        let isJSON = file.path.hasSuffix(".json")
        let lines = try TextScanner(file: file, isJSON: isJSON).scan()
        if isJSON { return try rooted(JSONDocumentReader.read(file, limits: limits), in: file) }
        return try rooted(YAMLReader.read(file, lines: lines, limits: limits), in: file)
    }

    private func rooted(_ document: Document, in file: SourceFile) throws(Diagnostic) -> Document {
        guard document.diagnostics.isEmpty || document.root != nil else { return document }
        guard let root = document.root, !(root.isNull && root.location.start == root.location.end) else {
            throw Diagnostic(
                rule: "empty-document", "the document is empty; a mapping is expected", at: file.beginning)
        }
        guard root.isMapping else {
            throw Diagnostic(
                rule: "document-root", "the document is \(root.kind); a mapping is expected", at: file.beginning)
        }
        return document
    }
}

extension Diagnostic: Error {}
