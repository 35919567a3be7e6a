/// Reads what a spec says about rows, and holds the schema against its recorded migrations.
package enum StorageStage {
    /// The file that keeps what the migrations have made.
    package static let recordedPath = "migrations/recorded.yaml"

    /// nil for a spec that keeps no rows.
    package static func compile(_ documents: SpecDocuments) -> (contract: StorageContract?, diagnostics: [Diagnostic]) {
        guard let root = documents.documents["schema.yaml"] else { return (nil, []) }
        var contract = StorageContract()
        let schema = SchemaReader.read(root)
        let tables = schema.tables
        var diagnostics = schema.diagnostics
        contract.tables = tables
        for (path, file) in documents.files.files(under: "queries", endings: ["sql"]) {
            let area = path.split(separator: "/").last?.split(separator: ".").first.map(String.init) ?? path
            let (queries, findings) = QueryReader.read(file, area: area, tables: tables)
            contract.queries.append(queries)
            diagnostics += findings
        }
        contract.migrations = migrations(documents.files, &diagnostics)
        if diagnostics.isEmpty { diagnostics += outdated(schema, root, documents.files) }
        return (contract, diagnostics)
    }

    private static func migrations(_ files: SpecFiles, _ diagnostics: inout [Diagnostic]) -> [MigrationModel] {
        files.files(under: "migrations", endings: ["sqlite.sql"]).compactMap { path, file in
            let name = path.split(separator: "/").last?.dropLast(".sqlite.sql".count) ?? ""
            guard let other = files.files["migrations/\(name).postgres.sql"] else {
                diagnostics.append(
                    Diagnostic(
                        rule: "migration-missing", "migrations/\(name).postgres.sql is missing", at: file.beginning,
                        help: "run 'make migration' (spec sql)"))
                return nil
            }
            return MigrationModel(
                name: String(name), sqlite: String(decoding: file.bytes, as: UTF8.self),
                postgres: String(decoding: other.bytes, as: UTF8.self))
        }
    }

    /// A schema and its record must agree; while they do not, the migration is still to be written.
    private static func outdated(_ schema: SchemaReader.Schema, _ root: Node, _ files: SpecFiles) -> [Diagnostic] {
        let record = RecordedSchema(files)
        let diff = SchemaDiff(from: record.tables, to: schema.tables)
        let rules = rules(diff, schema, record, root)
        guard let change = diff.changes.first else { return rules.needless }
        return [
            Diagnostic(
                rule: "migration-missing", "no migration has made this: \(change.words)", at: rules.place(of: change),
                help: "run 'make migration' (spec sql)")
        ]
    }

    static func rules(
        _ diff: SchemaDiff, _ schema: SchemaReader.Schema, _ record: RecordedSchema, _ root: Node
    ) -> ChangeRules {
        ChangeRules(
            diff: diff, schema: SchemaPlaces(root), recorded: record.places, accepted: schema.accepted,
            root: root.location)
    }
}
