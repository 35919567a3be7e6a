/// The storage half of the compiler: `schema.yaml`, `queries/` and `migrations/` in, Swift and SQL out.
///
/// It stands beside the OpenAPI pipeline and shares only the parser of documents, the diagnostics and the text printer.
package enum StoragePipeline {
    /// Compiles the storage contract, or nil for a spec without tables.
    package static func compile(_ documents: SpecDocuments) -> (contract: StorageContract?, diagnostics: [Diagnostic]) {
        guard let root = documents.tableFile else { return (nil, []) }
        var contract = StorageContract()
        let schema = SchemaReader.read(root)
        let tables = schema.tables
        var diagnostics = schema.diagnostics
        contract.tables = tables
        contract.framework = schema.framework
        var statements: [PlacedStatement] = []
        for (path, file) in documents.files.files(under: "queries", endings: ["sql"]) {
            let area = path.split(separator: "/").last?.split(separator: ".").first.map(String.init) ?? path
            let content = QueryReader.read(file, area: area, tables: tables)
            diagnostics += clash(content.area, file, contract)
            contract.queries.append(content.area)
            statements += content.statements
            diagnostics += content.diagnostics
        }
        contract.migrations = migrations(documents.files, &diagnostics)
        if schema.diagnostics.isEmpty {
            let earlier = diagnostics.map(\.location)
            diagnostics += check(statements, contract).filter { found in
                !earlier.contains { $0.file.path == found.location.file.path && $0.start == found.location.start }
            }
        }
        if diagnostics.isEmpty { diagnostics += outdated(schema, root, documents.files) }
        return (contract, diagnostics)
    }

    /// Generates the Swift files of a storage contract, by their names.
    package static func print(_ contract: StorageContract, options: GenerateOptions) -> [String: String] {
        StoragePrinter.print(contract, options: options)
    }

    /// Reports a file whose enum has the Swift name of another file's.
    private static func clash(_ area: QueryArea, _ file: SourceFile, _ contract: StorageContract) -> [Diagnostic] {
        let name = StatementGroup(area: area).name
        guard let other = contract.queries.first(where: { StatementGroup(area: $0).name == name }) else { return [] }
        return [
            Diagnostic(
                rule: "name", "the file becomes the Swift name '\(name)', as queries/\(other.name).sql does",
                at: file.beginning, help: "choose another name")
        ]
    }

    /// Prepares the statements on SQLite. Nothing is said of them while a table is wrong, nor twice of one place.
    private static func check(_ statements: [PlacedStatement], _ contract: StorageContract) -> [Diagnostic] {
        let check = SQLCheck(contract.tables, migrations: contract.migrations)
        check?.check(statements)
        return check?.diagnostics ?? []
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
            for file in [file, other] { diagnostics += MigrationModel.diagnostics(of: file) }
            return MigrationModel(
                name: String(name), sqlite: String(decoding: file.bytes, as: UTF8.self),
                postgres: String(decoding: other.bytes, as: UTF8.self))
        }
    }

    /// Reports a schema that differs from its record: its migration is missing.
    private static func outdated(_ schema: SchemaReader.Schema, _ root: Node, _ files: SpecFiles) -> [Diagnostic] {
        let record = RecordedSchema(files)
        let diff = SchemaDiff(from: record.tables, to: schema.tables)
        let rules = rules(diff, schema, record, root)
        let names = EarlierNames(schema.tables, recorded: record.tables, root: root).diagnostics
        // A circle changes nothing, so nothing else tells of it.
        let cycles = names.filter { $0.rule == EarlierNames.cycleRule }
        guard cycles.isEmpty else { return cycles }
        guard let change = diff.changes.first else { return rules.needless }
        return [
            Diagnostic(
                rule: "migration-missing", "no migration contains this change: \(change.words)",
                at: rules.place(of: change),
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
