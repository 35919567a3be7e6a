/// A statement with the function that makes it.
struct Statement {
    struct Parameter {
        let label: String
        let column: ColumnModel
    }

    let name: String
    let method: String
    var documentation: [String] = []
    let parameters: [Parameter]
    /// The type of the function's only argument, whose members are the parameters.
    var rowParameter: String?
    /// nil: no rows.
    let row: String?
    /// Several only for a write.
    let sqlite: [String]
    let postgres: String
    /// Whether it finds one row by a key.
    var findsByKey = false
    /// nil: a query.
    var write: WriteModel?
}

/// The everyday statements of a table: insert, find, list, page, update, delete.
struct TableStatements {
    private let table: TableModel

    init(_ table: TableModel) {
        self.table = table
    }

    var all: [Statement] {
        [insert, insertIfAbsent, find(table.key, "find")] + table.unique.map { find($0, "find\(by($0))") }
            + table.indexes.map(list) + [page] + (update.map { [$0] } ?? []) + [delete]
    }

    private var columnNames: String { table.columns.map(\.name).joined(separator: ", ") }
    private var rowName: String { StorageNames.row(table.name) }

    private func parameters(_ names: [String]) -> [Statement.Parameter] {
        names.compactMap { table.column($0) }.map { Statement.Parameter(label: $0.swiftName, column: $0) }
    }

    private func by(_ names: [String]) -> String { "By" + names.map(SwiftNames.upper).joined(separator: "And") }

    private func statement(
        _ method: String, _ documentation: String, _ parameters: [Statement.Parameter], row: String?,
        fromRow: Bool = false, findsByKey: Bool = false, _ text: (Marks) -> String
    ) -> Statement {
        let columns = parameters.map(\.column)
        return Statement(
            name: "\(table.name).\(method)", method: method, documentation: [documentation], parameters: parameters,
            rowParameter: fromRow ? rowName : nil, row: row, sqlite: [text(Marks(engine: .sqlite, columns: columns))],
            postgres: text(Marks(engine: .postgres, columns: columns)), findsByKey: findsByKey)
    }

    /// What stands for the parameters of a statement.
    private struct Marks {
        let engine: SchemaSQL.Engine
        let columns: [ColumnModel]

        /// From 0.
        subscript(index: Int) -> String { Placeholders.mark(index + 1, columns[index], engine) }
        var last: String { self[columns.count - 1] }

        func list(_ count: Int) -> String { (0..<count).map { self[$0] }.joined(separator: ", ") }
    }

    private func condition(_ names: [String], _ marks: Marks, from first: Int = 0) -> String {
        names.enumerated().map { "\($1) = \(marks[first + $0])" }.joined(separator: " AND ")
    }

    private var insert: Statement {
        statement("insert", "Adds a row.", parameters(table.columns.map(\.name)), row: nil, fromRow: true) { marks in
            "INSERT INTO \(table.name) (\(columnNames)) VALUES (\(marks.list(table.columns.count)))"
        }
    }

    private var insertIfAbsent: Statement {
        statement(
            "insertIfAbsent", "Adds a row, unless one is there that a key or unique index keeps apart from it.",
            parameters(table.columns.map(\.name)), row: nil, fromRow: true
        ) { marks in
            "INSERT INTO \(table.name) (\(columnNames)) VALUES (\(marks.list(table.columns.count))) ON CONFLICT DO NOTHING"
        }
    }

    private func find(_ names: [String], _ method: String) -> Statement {
        statement(
            method, "The row with this key, if there is one.", parameters(names), row: rowName, findsByKey: true
        ) { marks in
            "SELECT \(columnNames) FROM \(table.name) WHERE \(condition(names, marks))"
        }
    }

    private static let limit = Statement.Parameter(
        label: "limit", column: ColumnModel(name: "limit", type: .integer, isNullable: false))

    private func list(_ names: [String]) -> Statement {
        let order = (names + table.key.filter { !names.contains($0) }).joined(separator: ", ")
        return statement(
            "list\(by(names))", "Rows of these values, in the order of the index.", parameters(names) + [Self.limit],
            row: rowName
        ) { marks in
            "SELECT \(columnNames) FROM \(table.name) WHERE \(condition(names, marks)) ORDER BY \(order) "
                + "LIMIT \(marks.last)"
        }
    }

    private var page: Statement {
        let key = table.key.joined(separator: ", ")
        return statement(
            "page", "The rows behind a key, in the order of the key.", parameters(table.key) + [Self.limit],
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
            "update", "Changes all columns of the row with this key.", parameters(others + table.key), row: nil,
            fromRow: true
        ) { marks in
            let changes = others.enumerated().map { "\($1) = \(marks[$0])" }.joined(separator: ", ")
            return "UPDATE \(table.name) SET \(changes) WHERE \(condition(table.key, marks, from: others.count))"
        }
    }

    private var delete: Statement {
        statement("delete", "Removes the row with this key.", parameters(table.key), row: nil) { marks in
            "DELETE FROM \(table.name) WHERE \(condition(table.key, marks))"
        }
    }
}
