/// Reads what a spec says about rows, and holds the schema against its recorded migrations.
package enum StorageStage {
    /// The file that keeps what the migrations have made.
    package static let recordedPath = "migrations/recorded.yaml"

    /// nil for a spec that keeps no rows.
    package static func compile(_ documents: SpecDocuments) -> (contract: StorageContract?, diagnostics: [Diagnostic]) {
        guard let root = documents.documents["schema.yaml"] else { return (nil, []) }
        var contract = StorageContract()
        var (tables, diagnostics) = SchemaReader.read(root)
        contract.tables = tables
        for (path, file) in documents.files.files(under: "queries", endings: ["sql"]) {
            let area = path.split(separator: "/").last?.split(separator: ".").first.map(String.init) ?? path
            let (queries, findings) = QueryReader.read(file, area: area, tables: tables)
            contract.queries.append(queries)
            diagnostics += findings
        }
        contract.migrations = migrations(documents.files, &diagnostics)
        if diagnostics.isEmpty { diagnostics += outdated(tables, root, documents.files) }
        tables = []
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

    /// The lines that the migrations have made.
    package static func recordedLines(_ files: SpecFiles) -> [String] {
        guard let file = files.files[recordedPath], let root = SpecParser().parse(file).root else { return [] }
        return root["schema"]?.items.compactMap(\.string) ?? []
    }

    private static func outdated(_ tables: [TableModel], _ root: Node, _ files: SpecFiles) -> [Diagnostic] {
        let recorded = recordedLines(files)
        let lines = SchemaText(tables: tables).lines
        guard lines != recorded else { return [] }
        let line = lines.first { !recorded.contains($0) } ?? recorded.first { !lines.contains($0) } ?? "the order"
        return [
            Diagnostic(
                rule: "migration-missing", "no migration has made this: \(line)", at: SchemaPlace.of(line, in: root),
                help: "run 'make migration' (spec sql)")
        ]
    }
}
