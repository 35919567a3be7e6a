/// A schema as text, one line per table, column, key, index and constraint: the format of the migrations' record.
package struct SchemaText: Sendable {
    let tables: [TableModel]

    package init(tables: [TableModel]) {
        self.tables = tables
    }

    /// The lines, in the order of the schema.
    package var lines: [String] { tables.flatMap(lines) }

    private func lines(_ table: TableModel) -> [String] {
        let columns = table.columns.map {
            "column \(table.name).\($0.name) \($0.type.rawValue)\($0.isNullable ? "?" : "")"
        }
        let key = "key \(table.name) \(table.key.joined(separator: " "))"
        let unique = table.unique.map { "unique \(table.name) \($0.joined(separator: " "))" }
        let indexes = table.indexes.map { "index \(table.name) \($0.joined(separator: " "))" }
        let references = table.references.map { "reference \(table.name).\($0.column) \($0.table).\($0.target)" }
        let checks = table.checks.map { "check \(table.name).\($0.name) \($0.condition)" }
        let search = table.search.map { ["search \(table.name) \($0)"] } ?? []
        return ["table \(table.name)"] + columns + [key] + unique + indexes + references + checks + search
    }

    /// The contents of the record file.
    package var recorded: String { "schema:\n" + lines.map { "  - \(NodeText.json($0))\n" }.joined() }
}
