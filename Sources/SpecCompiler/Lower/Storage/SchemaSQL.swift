/// Writes the statements that make and change a schema.
package struct SchemaSQL: Sendable {
    package enum Engine: String, Sendable, CaseIterable {
        case sqlite, postgres
    }

    let engine: Engine

    package init(_ engine: Engine) {
        self.engine = engine
    }

    package func create(_ table: TableModel) -> String {
        createTable(table, named: table.name) + table.indexes.map { index($0, of: table.name) }.joined()
    }

    func createTable(_ table: TableModel, named name: String) -> String {
        var parts = table.columns.map(definition)
        parts.append("PRIMARY KEY (\(table.key.joined(separator: ", ")))")
        parts += table.unique.map { "UNIQUE (\($0.joined(separator: ", ")))" }
        parts += table.references.map { "FOREIGN KEY (\($0.column)) REFERENCES \($0.table) (\($0.target))" }
        let end = engine == .sqlite ? ") STRICT;\n" : ");\n"
        return "CREATE TABLE \(name) (\n    " + parts.joined(separator: ",\n    ") + "\n" + end
    }

    private func definition(_ column: ColumnModel) -> String {
        "\(column.name) \(type(column))\(column.isNullable ? "" : " NOT NULL")"
    }

    func index(_ columns: [String], of table: String) -> String {
        "CREATE INDEX \(SQLNames.index(table, columns)) ON \(table) (\(columns.joined(separator: ", ")));\n"
    }

    /// Where the column cannot be null, its `fill` stands in the rows that are there, and in those that a program
    /// of the version before still adds.
    func add(_ column: ColumnModel, to table: String) -> String {
        let fill = column.isNullable ? "" : column.fill.map { " DEFAULT \($0)" } ?? ""
        return "ALTER TABLE \(table) ADD COLUMN \(definition(column))\(fill);\n"
    }

    func type(_ column: ColumnModel) -> String {
        engine == .sqlite ? column.type.sqlite : column.type.postgres
    }
}

/// The names of indexes and constraints: ours, and those that PostgreSQL chooses.
enum SQLNames {
    private static let bytesMax = 63

    static func index(_ table: String, _ columns: [String]) -> String {
        "\(table)_\(columns.joined(separator: "_"))"
    }

    static func key(_ table: String) -> String { chosen(table, nil, "pkey") }

    static func unique(_ table: String, _ columns: [String]) -> String {
        chosen(table, columns.joined(separator: "_"), "key")
    }

    static func reference(_ table: String, _ column: String) -> String { chosen(table, column, "fkey") }

    /// PostgreSQL's makeObjectName: the longer of both parts loses characters until the name fits.
    private static func chosen(_ table: String, _ columns: String?, _ label: String) -> String {
        let free = bytesMax - label.utf8.count - 1 - (columns == nil ? 0 : 1)
        var (first, second) = (table.count, min(columns?.count ?? 0, bytesMax))
        while first + second > free {
            if first > second { first -= 1 } else { second -= 1 }
        }
        return [String(table.prefix(first)), columns.map { String($0.prefix(second)) }, label].compactMap { $0 }
            .joined(separator: "_")
    }
}
