/// Writes the next migration of a schema: text in, files out.
package enum MigrationWriter {
    package enum Outcome: Sendable {
        /// The schema and its record agree.
        case nothing
        /// The files to write, by their path inside the spec's folder.
        case files([String: String])
        case refused([Diagnostic])
    }

    /// - Parameter name: the word behind the number.
    package static func next(files: SpecFiles, name: String) -> Outcome {
        let (documents, findings) = SpecLoader.load(files)
        guard let documents, !findings.hasErrors, let root = documents.documents["schema.yaml"] else {
            return findings.isEmpty ? .nothing : .refused(findings)
        }
        let (tables, diagnostics) = SchemaReader.read(root)
        guard diagnostics.isEmpty else { return .refused(diagnostics) }
        switch SchemaChange.step(from: StorageStage.recordedLines(files), to: tables) {
        case .nothing: return .nothing
        case .refused(let line):
            return .refused([
                Diagnostic(
                    rule: "migration-change", "this is more than an addition: \(line)",
                    at: SchemaPlace.of(line, in: root),
                    help: "tables, nullable columns and indexes can be added; write other changes by hand")
            ])
        case .additive(let sqlite, let postgres):
            let number = files.files(under: "migrations", endings: ["sqlite.sql"]).count + 1
            let stem = "migrations/" + String("000\(number)".suffix(4)) + "-" + name
            return .files([
                stem + ".sqlite.sql": sqlite, stem + ".postgres.sql": postgres,
                StorageStage.recordedPath: SchemaText(tables: tables).recorded,
            ])
        }
    }
}
