/// The standard statements of a table: insert, find, list, page, update, delete.
struct TableStatements {
    private let table: TableModel

    init(_ table: TableModel) {
        self.table = table
    }

    var all: [Statement] {
        var taken: Set<String> = []
        return unnumbered.map { $0.named(SwiftNames.unique($0.method, in: &taken)) }
    }

    private var unnumbered: [Statement] {
        [insert, insertIfAbsent, find(table.key, "find")] + table.unique.map { find($0, "find\(by($0))") }
            + table.indexes.map(list) + [page] + (update.map { [$0] } ?? []) + [delete]
    }

    private var columnNames: String { table.columns.map(\.name).joined(separator: ", ") }
    private var rowName: String { StorageNames.row(table.name) }

    private func parameters(_ names: [String]) -> [Statement.Parameter] {
        names.compactMap { table.column($0) }.map { Statement.Parameter(label: $0.swiftName, column: $0) }
    }

    /// The same for a comparison, which null never fulfils.
    private func keys(_ names: [String]) -> [Statement.Parameter] {
        parameters(names).map { parameter in
            var column = parameter.column
            column.isNullable = false
            return Statement.Parameter(label: parameter.label, column: column)
        }
    }

    private func by(_ names: [String]) -> String { "By" + names.map(SwiftNames.upper).joined(separator: "And") }

    private func statement(
        _ method: String, _ documentation: String, _ parameters: [Statement.Parameter], row: String?,
        fromRow: Bool = false, findsByKey: Bool = false, _ text: (Marks) -> String
    ) -> Statement {
        let columns = parameters.map(\.column)
        let parameters = parameters.map {
            Statement.Parameter(label: $0.label, column: $0.column, isOfRow: fromRow)
        }
        return Statement(
            name: "\(table.name).\(method)", method: method, documentation: [documentation], parameters: parameters,
            rowParameter: fromRow ? rowName : nil, row: row, sqlite: [text(Marks(engine: .sqlite, columns: columns))],
            postgres: text(Marks(engine: .postgres, columns: columns)), findsByKey: findsByKey)
    }

    /// The placeholders of a statement's parameters.
    private struct Marks {
        let engine: SQLEngine
        let columns: [ColumnModel]

        /// The placeholder of a parameter, counted from 0.
        subscript(index: Int) -> String { Placeholders.mark(index + 1, columns[index], engine) }
        var last: String { self[columns.count - 1] }

        func list(_ count: Int) -> String { (0..<count).map { self[$0] }.joined(separator: ", ") }
    }

    private func condition(_ names: [String], _ marks: Marks, from first: Int = 0) -> String {
        names.enumerated().map { "\($1) = \(marks[first + $0])" }.joined(separator: " AND ")
    }

    private var insert: Statement {
        statement("insert", "Inserts a row.", parameters(table.columns.map(\.name)), row: nil, fromRow: true) { marks in
            "INSERT INTO \(table.name) (\(columnNames)) VALUES (\(marks.list(table.columns.count)))"
        }
    }

    private var insertIfAbsent: Statement {
        statement(
            "insertIfAbsent", "Inserts a row, unless it conflicts with a key or unique index.",
            parameters(table.columns.map(\.name)), row: nil, fromRow: true
        ) { marks in
            "INSERT INTO \(table.name) (\(columnNames)) VALUES (\(marks.list(table.columns.count))) ON CONFLICT DO NOTHING"
        }
    }

    private func find(_ names: [String], _ method: String) -> Statement {
        statement(
            method, "The row with this key, if there is one.", keys(names), row: rowName, findsByKey: true
        ) { marks in
            "SELECT \(columnNames) FROM \(table.name) WHERE \(condition(names, marks))"
        }
    }

    /// The parameters with the number of rows behind them.
    private func limited(_ parameters: [Statement.Parameter]) -> [Statement.Parameter] {
        var taken = Set(parameters.map(\.label))
        let column = ColumnModel(name: "limit", type: .integer, isNullable: false)
        return parameters + [Statement.Parameter(label: SwiftNames.unique("limit", in: &taken), column: column)]
    }

    private func list(_ names: [String]) -> Statement {
        let order = (names + table.key.filter { !names.contains($0) }).joined(separator: ", ")
        return statement(
            "list\(by(names))", "Rows with these values, in the order of the index.", limited(keys(names)),
            row: rowName
        ) { marks in
            "SELECT \(columnNames) FROM \(table.name) WHERE \(condition(names, marks)) ORDER BY \(order) "
                + "LIMIT \(marks.last)"
        }
    }

    private var page: Statement {
        let key = table.key.joined(separator: ", ")
        return statement(
            "page", "The rows after a key, in the order of the key.", limited(parameters(table.key)),
            row: rowName
        ) { marks in
            "SELECT \(columnNames) FROM \(table.name) WHERE (\(key)) > (\(marks.list(table.key.count))) ORDER BY \(key) "
                + "LIMIT \(marks.last)"
        }
    }

    private var update: Statement? {
        let others = table.columns.map(\.name).filter { !table.key.contains($0) }
        guard !others.isEmpty else { return nil }
        return statement(
            "update", "Updates all columns of the row with this key.", parameters(others + table.key), row: nil,
            fromRow: true
        ) { marks in
            let changes = others.enumerated().map { "\($1) = \(marks[$0])" }.joined(separator: ", ")
            return "UPDATE \(table.name) SET \(changes) WHERE \(condition(table.key, marks, from: others.count))"
        }
    }

    private var delete: Statement {
        statement("delete", "Deletes the row with this key.", parameters(table.key), row: nil) { marks in
            "DELETE FROM \(table.name) WHERE \(condition(table.key, marks))"
        }
    }
}
