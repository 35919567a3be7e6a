/// Writes tables, queries and migrations down as Swift.
package struct StoragePrinter {
    private let contract: StorageContract
    private let options: GenerateOptions
    private var access: String { options.access.prefix }

    /// The text of each file by its name.
    package static func print(_ contract: StorageContract, options: GenerateOptions) -> [String: String] {
        let printer = StoragePrinter(contract: contract, options: options)
        return [
            "Tables.swift": printer.text { for table in contract.tables { printer.print(table, to: &$0) } },
            "Queries.swift": printer.text { for area in contract.queries { printer.print(area, to: &$0) } },
            "Migrations.swift": printer.text { printer.printMigrations(to: &$0) },
        ]
    }

    private func text(_ body: (inout SwiftText) -> Void) -> String {
        var swift = SwiftText(importing: options.access.importWord)
        body(&swift)
        return swift.text
    }

    // MARK: Tables

    private func print(_ table: TableModel, to swift: inout SwiftText) {
        let row = RowPrinter(name: StorageNames.row(table.name), columns: table.columns, access: access)
        swift.line()
        swift.documentation(table.documentation.isEmpty ? ["A row of `\(table.name)`."] : table.documentation)
        row.print(to: &swift)
        swift.line()
        swift.line("/// The everyday statements of `\(table.name)`.")
        swift.block("\(access)enum \(SwiftNames.upper(table.name))Table {") { swift in
            for (index, statement) in TableStatements(table).all.enumerated() {
                if index > 0 { swift.line() }
                StatementPrinter(statement: statement, access: access).print(to: &swift)
            }
        }
    }

    // MARK: Queries

    private func print(_ area: QueryArea, to swift: inout SwiftText) {
        swift.line()
        swift.line("/// The named statements of `queries/\(area.name).sql`.")
        swift.block("\(access)enum \(SwiftNames.upper(area.name))Queries {") { swift in
            for (index, query) in area.queries.enumerated() {
                if index > 0 { swift.line() }
                if case .columns(let columns) = query.result {
                    swift.line("/// A row of ``\(query.name)``.")
                    RowPrinter(name: rowName(query), columns: columns, access: access).print(to: &swift)
                    swift.line()
                }
                let statement = Statement(
                    name: "\(area.name).\(query.name)", method: query.name, documentation: query.documentation,
                    parameters: query.parameters.map { Statement.Parameter(label: $0.swiftName, column: $0) },
                    row: query.result == .none ? nil : rowName(query), sqlite: query.sqlite, postgres: query.postgres,
                    write: query.write)
                StatementPrinter(statement: statement, access: access).print(to: &swift)
            }
        }
    }

    private func rowName(_ query: QueryModel) -> String {
        switch query.result {
        case .table(let name): StorageNames.row(name)
        case .query(let name): StorageNames.row(name)
        case .columns, .none: StorageNames.row(query.name)
        }
    }

    // MARK: Migrations

    private func printMigrations(to swift: inout SwiftText) {
        swift.line()
        swift.line("/// The schema's history, in order, and what it leads to.")
        swift.block("\(access)enum Migrations {") { swift in
            let lines = SchemaText(tables: contract.tables).lines.joined(separator: "\n")
            swift.line("/// The schema, one line for each thing.")
            swift.line("\(access)static let schema: StaticString = \(SwiftLiteral.text(lines))")
            swift.line()
            swift.block("\(access)static let all: [Migration] = [", end: "]") { swift in
                for migration in contract.migrations {
                    swift.line("Migration(")
                    swift.line("    name: \(SwiftLiteral.text(migration.name)),")
                    swift.line("    sqlite: \(SwiftLiteral.text(migration.sqlite)),")
                    swift.line("    postgres: \(SwiftLiteral.text(migration.postgres))),")
                }
            }
        }
    }
}

enum StorageNames {
    static func row(_ table: String) -> String { SwiftNames.upper(table) + "Row" }
}

/// Prints a struct that is read from a row.
struct RowPrinter {
    let name: String
    let columns: [ColumnModel]
    let access: String

    func print(to swift: inout SwiftText) {
        swift.block("\(access)struct \(name): Sendable, Equatable {") { swift in
            for column in columns {
                swift.line("\(access)var \(SwiftLiteral.identifier(column.swiftName)): \(column.swiftType)")
            }
            swift.line()
            let parameters = columns.map { "\(SwiftLiteral.identifier($0.swiftName)): \($0.swiftType)" }
            swift.block("\(access)init(\(parameters.joined(separator: ", "))) {") { swift in
                for column in columns {
                    let name = SwiftLiteral.identifier(column.swiftName)
                    swift.line("self.\(name) = \(name)")
                }
            }
            swift.line()
            swift.block("@Sendable static func read(_ row: any RowColumns) throws -> \(name) {") { swift in
                swift.block("\(name)(", end: ")") { swift in
                    for (index, column) in columns.enumerated() {
                        let end = index == columns.count - 1 ? "" : ","
                        swift.line("\(column.swiftName): try \(column.swiftType).read(row, at: \(index))\(end)")
                    }
                }
            }
        }
    }
}

/// Prints a function that makes a query.
struct StatementPrinter {
    let statement: Statement
    let access: String

    func print(to swift: inout SwiftText) {
        swift.documentation(statement.documentation.isEmpty ? ["`\(statement.name)`"] : statement.documentation)
        let parameters =
            statement.rowParameter.map { ["_ row: \($0)"] }
            ?? statement.parameters.map { "\(SwiftLiteral.identifier($0.label)): \($0.column.swiftType)" }
        let kind = statement.write == nil ? "Query" : "NamedWrite"
        let head =
            "\(access)static func \(SwiftLiteral.identifier(statement.method))(\(parameters.joined(separator: ", "))) "
            + "-> \(kind)<\(statement.row ?? "Void")> {"
        swift.block(head) { swift in
            swift.line("\(kind)(")
            swift.line("    \(SwiftLiteral.text(statement.name)),")
            if let write = statement.write { print(write, to: &swift) } else { printText(to: &swift) }
            let flag = statement.findsByKey ? ", findsByKey: true" : ""
            let end = statement.row.map { "\(flag), read: \($0).read)" } ?? ")"
            swift.line("    [\(statement.parameters.map { value($0.label) }.joined(separator: ", "))]\(end)")
        }
    }

    private func printText(to swift: inout SwiftText) {
        swift.line("    SQLText(")
        swift.line("        sqlite: \(SwiftLiteral.text(statement.sqlite.first ?? "")),")
        swift.line("        postgres: \(SwiftLiteral.text(statement.postgres))),")
    }

    private func print(_ write: WriteModel, to swift: inout SwiftText) {
        swift.line("    sqlite: [")
        for text in statement.sqlite { swift.line("        \(SwiftLiteral.text(text)),") }
        swift.line("    ],")
        swift.line("    postgres: \(SwiftLiteral.text(statement.postgres)),")
        if write.takesRows { swift.line("    takesRows: true,") }
        guard !write.locks.isEmpty else { return }
        swift.line("    locks: [")
        for locks in write.locks {
            let keys = locks.keys.map { key in "[\(key.map { value($0.swiftName) }.joined(separator: ", "))]" }
            swift.line("        WriteLocks(")
            swift.line("            postgres: \(SwiftLiteral.text(locks.postgres)),")
            swift.line("            keys: [\(keys.joined(separator: ", "))]),")
        }
        swift.line("    ],")
    }

    private func value(_ label: String) -> String {
        (statement.rowParameter == nil ? "" : "row.") + SwiftLiteral.identifier(label) + ".sqlValue"
    }
}
