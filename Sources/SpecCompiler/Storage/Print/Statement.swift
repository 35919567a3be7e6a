/// A statement and the function that returns it.
struct Statement {
    struct Parameter {
        let label: String
        let column: ColumnModel
        /// True if it is a property of the row that the function takes.
        var isOfRow = false
    }

    private(set) var name: String
    private(set) var method: String
    var documentation: [String] = []
    let parameters: [Parameter]
    /// The type of the row that the function takes before its other parameters.
    var rowParameter: String?
    /// The row type of the result, or nil if there are no rows.
    let row: String?
    /// The SQLite statements; several only for a named write.
    let sqlite: [String]
    let postgres: String
    /// True if it finds at most one row, by a key.
    var findsByKey = false
    /// The properties of a named write, or nil for a query.
    var write: WriteModel?
}

extension Statement {
    /// The same statement with another name of its function.
    func named(_ method: String) -> Statement {
        guard method != self.method else { return self }
        var statement = self
        statement.name = name.dropLast(self.method.count) + method
        statement.method = method
        return statement
    }
}

/// The statements of a table or of a file of queries, with the enum that holds them.
struct StatementGroup {
    let name: String
    let statements: [Statement]
    /// The number of columns that each statement returns, or nil if it returns no rows.
    private let counts: (StorageContract) -> [Int?]

    init(table: TableModel) {
        name = SwiftNames.upper(table.name) + "Table"
        let statements = TableStatements(table).all
        self.statements = statements
        counts = { _ in statements.map { $0.row.map { _ in table.columns.count } } }
    }

    init(area: QueryArea) {
        name = SwiftNames.upper(area.name) + "Queries"
        statements = area.queries.map { Statement($0, of: area) }
        counts = { contract in
            area.queries.map { query in
                contract.columns(of: query.result, in: area).map { $0.count + (query.write?.takesRows == true ? 1 : 0) }
            }
        }
    }

    /// The lines of the list of all statements.
    func lines(_ contract: StorageContract) -> [String] {
        zip(statements, counts(contract)).flatMap { statement, count in
            let text = "\(name).\(StatementPrinter.texts).\(SwiftLiteral.identifier(statement.method))"
            let columns = count.map { ", columnCount: \($0)" } ?? ""
            let locks = (statement.write?.locks ?? []).map {
                "StatementText(\(SwiftLiteral.text(statement.name + " (locks)")), \(SwiftLiteral.text($0.postgres))),"
            }
            return ["StatementText(\(SwiftLiteral.text(statement.name)), \(text)\(columns)),"] + locks
        }
    }
}

extension Statement {
    /// A query of the spec.
    init(_ query: QueryModel, of area: QueryArea) {
        let rowCount = query.row?.count ?? 0
        name = "\(area.name).\(query.name)"
        method = query.name
        documentation = query.documentation
        parameters = query.parameters.enumerated().map { index, column in
            Parameter(label: column.swiftName, column: column, isOfRow: index < rowCount)
        }
        rowParameter = query.row.map { StorageNames.row($0.table) }
        row = query.result == .none ? nil : StorageNames.row(of: query)
        sqlite = query.sqlite
        postgres = query.postgres
        write = query.write
    }
}
