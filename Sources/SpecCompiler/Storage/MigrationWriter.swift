/// Writes the next migration of a schema: text in, files out.
package enum MigrationWriter {
    package enum Outcome: Sendable {
        /// The schema and its record agree.
        case nothing
        /// The files to write, by their path inside the spec's folder, and warnings.
        case files([String: String], [Diagnostic])
        case refused([Diagnostic])
    }

    /// Writes the migration from the recorded schema to the present one.
    ///
    /// - Parameter name: the word after the number in the file names.
    package static func next(files: SpecFiles, name: String) -> Outcome {
        let (documents, findings) = SpecLoader.load(files)
        guard let documents, !findings.hasErrors, let root = documents.tableFile else {
            return findings.isEmpty ? .nothing : .refused(findings)
        }
        let schema = SchemaReader.read(root)
        guard schema.diagnostics.isEmpty else { return .refused(schema.diagnostics) }
        let record = RecordedSchema(files)
        let diff = SchemaDiff(from: record.tables, to: schema.tables)
        let said =
            EarlierNames(schema.tables, recorded: record.tables, root: root).diagnostics
            + StoragePipeline.rules(diff, schema, record, root).diagnostics
        if said.hasErrors { return .refused(said) }
        if diff.changes.isEmpty { return said.isEmpty ? .nothing : .files([:], said) }
        var written = steps(diff, name: name, after: files.files(under: "migrations", endings: ["sqlite.sql"]).count)
        written[SpecFiles.recordedPath] = SchemaText(tables: schema.tables).recorded
        return .files(written, said)
    }

    private static let nothing = "-- Nothing to do on this engine.\n"

    /// The files: the statements in a transaction, then those that PostgreSQL runs outside of one.
    private static func steps(_ diff: SchemaDiff, name: String, after count: Int) -> [String: String] {
        let (sqlite, postgres) = (SQLiteChange(diff), PostgresChange(diff))
        let steps = [(sqlite.text, postgres.text), (sqlite.indexes, postgres.concurrent)]
            .filter { !$0.0.isEmpty || !$0.1.isEmpty }
        var files: [String: String] = [:]
        for (index, step) in steps.enumerated() {
            let number = String("000\(count + 1 + index)".suffix(4))
            let stem = "migrations/\(number)-\(name)\(index == 0 ? "" : "-online")"
            files[stem + ".sqlite.sql"] = step.0.isEmpty ? nothing : step.0
            files[stem + ".postgres.sql"] = step.1.isEmpty ? nothing : step.1
        }
        return files
    }
}
