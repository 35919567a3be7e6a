/// Prints tables, queries and migrations as Swift.
package struct StoragePrinter {
    private let contract: StorageContract
    private let options: GenerateOptions
    private var access: String { options.access.prefix }

    /// The text of each file by its name.
    package static func print(_ contract: StorageContract, options: GenerateOptions) -> [String: String] {
        let printer = StoragePrinter(contract: contract, options: options)
        return [
            "Tables.swift": printer.text { swift in
                for table in contract.tables { printer.print(table, to: &swift) }
                FrameworkPrinter(framework: contract.framework, access: printer.access).print(to: &swift)
            },
            "Queries.swift": printer.text { for area in contract.queries { printer.print(area, to: &$0) } },
            "Migrations.swift": printer.text {
                MigrationPrinter(contract: contract, access: printer.access).print(to: &$0)
                printer.printStatements(to: &$0)
            },
        ]
    }

    private func text(_ body: (inout SwiftText) -> Void) -> String {
        var swift = SwiftText(importing: options.access)
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
        swift.line("/// The standard statements of `\(table.name)`.")
        swift.block("\(access)enum \(SwiftNames.upper(table.name))Table {") { swift in
            let group = StatementGroup(table: table)
            for (index, statement) in group.statements.enumerated() {
                if index > 0 { swift.line() }
                StatementPrinter(statement: statement, access: access).print(to: &swift)
            }
            printTexts(group, to: &swift)
        }
    }

    // MARK: Queries

    private func print(_ area: QueryArea, to swift: inout SwiftText) {
        let statements = StatementGroup(area: area)
        swift.line()
        swift.line("/// The named statements of `queries/\(area.name).sql`.")
        swift.block("\(access)enum \(statements.name) {") { swift in
            for list in area.lists {
                swift.documentation(
                    list.documentation.isEmpty ? ["The columns of the list `\(list.name)`."] : list.documentation)
                RowPrinter(name: StorageNames.row(list.name), columns: list.columns, access: access).print(to: &swift)
                swift.line()
            }
            for (index, query) in area.queries.enumerated() {
                if index > 0 { swift.line() }
                if case .columns(let columns) = query.result {
                    swift.line("/// A row of ``\(query.name)``.")
                    RowPrinter(name: StorageNames.row(query.name), columns: columns, access: access).print(to: &swift)
                    swift.line()
                }
                StatementPrinter(statement: statements.statements[index], access: access).print(to: &swift)
            }
            printTexts(statements, to: &swift)
        }
    }

    /// Prints the PostgreSQL texts of a group, which its functions and the list of all statements share.
    private func printTexts(_ group: StatementGroup, to swift: inout SwiftText) {
        guard !group.statements.isEmpty else { return }
        swift.line()
        swift.block("enum \(StatementPrinter.texts) {") { swift in
            for statement in group.statements {
                StatementPrinter(statement: statement, access: access).printPostgres(to: &swift)
            }
        }
    }

    private func printStatements(to swift: inout SwiftText) {
        let groups = contract.tables.map(StatementGroup.init) + contract.queries.map(StatementGroup.init)
        swift.line()
        swift.line("/// All statements, for PostgreSQL's check at start.")
        swift.block("\(access)enum Statements {") { swift in
            swift.block("\(access)static var all: [StatementText] {") { swift in
                swift.block("[", end: "]") { swift in
                    for group in groups { for line in group.lines(contract) { swift.line(line) } }
                    for line in FrameworkPrinter(framework: contract.framework, access: access).statements {
                        swift.line(line)
                    }
                }
            }
        }
    }
}

enum StorageNames {
    static func row(_ table: String) -> String { SwiftNames.upper(table) + "Row" }

    /// The row type of a query.
    static func row(of query: QueryModel) -> String {
        switch query.result {
        case .table(let name), .query(let name), .list(let name): row(name)
        case .columns, .none: row(query.name)
        }
    }
}
