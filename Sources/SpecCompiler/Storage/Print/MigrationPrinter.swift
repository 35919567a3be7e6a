/// Prints the migrations, the schema that they produce, and the list of all statements.
struct MigrationPrinter {
    let contract: StorageContract
    let access: String

    func print(to swift: inout SwiftText) {
        swift.line()
        swift.line("/// The migrations, in order, and the schema that they produce.")
        swift.block("\(access)enum Migrations {") { swift in
            printSchema(to: &swift)
            swift.line()
            swift.block("\(access)static let all: [Migration] = [", end: "]") { swift in
                for migration in contract.migrations { print(migration, to: &swift) }
            }
        }
    }

    private func print(_ migration: MigrationModel, to swift: inout SwiftText) {
        swift.line("Migration(")
        swift.line("    name: \(SwiftLiteral.text(migration.name)),")
        swift.literal("    sqlite: ", migration.sqlite, ",")
        let statements = migration.postgresStatements
        let end = migration.disablesForeignKeys || !statements.isEmpty ? "," : "),"
        swift.literal("    postgres: ", migration.postgres, end)
        if migration.disablesForeignKeys {
            swift.line("    disablesForeignKeys: true\(statements.isEmpty ? ")," : ",")")
        }
        guard !statements.isEmpty else { return }
        swift.line("    postgresStatements: [")
        for statement in statements { swift.literal("        ", statement, ",") }
        swift.line("    ]),")
    }

    // MARK: Schema

    private func printSchema(to swift: inout SwiftText) {
        swift.line("/// The tables, for the comparison with a database.")
        swift.block("\(access)static var schema: DatabaseSchema {") { swift in
            let names = contract.tables.map { SwiftNames.lower($0.name) + "Table" }
            swift.line("DatabaseSchema(tables: [\(names.joined(separator: ", "))])")
        }
        for table in contract.tables {
            swift.line()
            let name = SwiftNames.lower(table.name) + "Table"
            swift.block("private static var \(name): DatabaseSchema.Table {") { print(table, to: &$0) }
        }
    }

    private func print(_ table: TableModel, to swift: inout SwiftText) {
        var parts = ["key: \(list(table.key))"]
        if !table.unique.isEmpty { parts.append("unique: [\(table.unique.map(list).joined(separator: ", "))]") }
        if !table.indexes.isEmpty { parts.append("indexes: [\(table.indexes.map(list).joined(separator: ", "))]") }
        if !table.references.isEmpty {
            let references = table.references.map {
                "DatabaseSchema.Reference(\(text($0.column)), table: \(text($0.table)), target: \(text($0.target)))"
            }
            parts.append("references: [\(references.joined(separator: ", "))]")
        }
        if !table.checks.isEmpty { parts.append("checks: \(list(table.checks.map(\.name)))") }
        if let search = table.search { parts.append("search: \(text(search))") }
        swift.line("DatabaseSchema.Table(")
        swift.line("    \(text(table.name)),")
        swift.line("    columns: [")
        for column in table.columns {
            let flag = column.isNullable ? ", isNullable: true" : ""
            swift.line("        DatabaseSchema.Column(\(text(column.name)), .\(column.type.rawValue)\(flag)),")
        }
        swift.line("    ],")
        for part in parts.dropLast() { swift.line("    \(part),") }
        swift.line("    \(parts[parts.count - 1]))")
    }

    private func text(_ text: String) -> String { SwiftLiteral.text(text) }

    private func list(_ names: [String]) -> String { "[\(names.map(text).joined(separator: ", "))]" }
}
