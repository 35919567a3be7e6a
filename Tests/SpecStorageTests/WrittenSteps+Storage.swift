import SpecCore

@testable import SpecCompiler
@testable import SpecStorage

extension MigrationStep {
    /// A step of SQLite, as the compiler reads its file.
    init(sqlite text: String) {
        let migration = MigrationModel(name: "test", sqlite: text, postgres: "")
        self.init(text: text, disablesForeignKeys: migration.disablesForeignKeys)
    }

    /// A step of PostgreSQL, as the compiler reads its file.
    init(postgres text: String) {
        let migration = MigrationModel(name: "test", sqlite: "", postgres: text)
        self.init(text: text, statements: migration.postgresStatements)
    }
}

extension DatabaseSchema {
    /// The schema of a record, as the build embeds it.
    init(recorded: String) {
        let file = SourceFile(path: "spec/" + SpecFiles.recordedPath, bytes: Array(recorded.utf8))
        let tables = RecordedSchema(SpecFiles(folder: "spec", files: [file])).tables
        self.init(tables: tables.map(Table.init))
    }
}

extension DatabaseSchema.Table {
    init(_ table: TableModel) {
        self.init(
            table.name,
            columns: table.columns.map {
                DatabaseSchema.Column(
                    $0.name, DatabaseSchema.ColumnType(rawValue: $0.type.rawValue) ?? .text, isNullable: $0.isNullable)
            },
            key: table.key, unique: table.unique, indexes: table.indexes,
            references: table.references.map {
                DatabaseSchema.Reference($0.column, table: $0.table, target: $0.target)
            }, checks: table.checks.map(\.name), search: table.search)
    }
}
