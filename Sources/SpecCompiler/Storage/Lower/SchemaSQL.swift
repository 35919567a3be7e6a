/// Writes the statements that make and change a schema.
package struct SchemaSQL: Sendable {
    let engine: SQLEngine
    /// True if columns are declared with the schema's own types, as for ``SQLCheck``.
    private let declaresTypes: Bool

    package init(_ engine: SQLEngine) {
        self.engine = engine
        declaresTypes = false
    }

    init(declaring engine: SQLEngine) {
        self.engine = engine
        declaresTypes = true
    }

    package func create(_ table: TableModel) -> String {
        createTable(table, named: table.name) + table.indexes.map { index($0, of: table.name) }.joined()
            + (table.search.map { search($0, of: table.name) } ?? "")
    }

    func createTable(_ table: TableModel, named name: String) -> String {
        var parts = table.columns.map(definition)
        let key = table.key.joined(separator: ", ")
        if engine == .sqlite, table.search != nil {
            parts = ["\(Self.searchRow) INTEGER PRIMARY KEY"] + parts + ["UNIQUE (\(key))"]
        } else {
            parts.append("PRIMARY KEY (\(key))")
        }
        parts += table.unique.map { "UNIQUE (\($0.joined(separator: ", ")))" }
        parts += table.references.map { "FOREIGN KEY (\($0.column)) REFERENCES \($0.table) (\($0.target))" }
        parts += table.checks.map(check)
        let end = engine == .sqlite && !declaresTypes ? ") STRICT;\n" : ");\n"
        return "CREATE TABLE \(name) (\n    " + parts.joined(separator: ",\n    ") + "\n" + end
    }

    /// The clause of a CHECK constraint; both engines name it in the error.
    func check(_ check: CheckModel) -> String { "CONSTRAINT \(check.name) CHECK (\(check.condition))" }

    private func definition(_ column: ColumnModel) -> String {
        "\(column.name) \(type(column))\(column.isNullable ? "" : " NOT NULL")"
    }

    func index(_ columns: [String], of table: String) -> String {
        "CREATE INDEX \(SQLNames.index(table, columns)) ON \(table) (\(columns.joined(separator: ", ")));\n"
    }

    /// The statement that adds a column. Its `fill` is the default for existing rows and for rows that the previous
    /// version of the program still inserts.
    func add(_ column: ColumnModel, to table: String) -> String {
        let fill = column.fill.map { " DEFAULT \($0)" } ?? ""
        return "ALTER TABLE \(table) ADD COLUMN \(definition(column))\(fill);\n"
    }

    func type(_ column: ColumnModel) -> String {
        if declaresTypes { return column.type.rawValue }
        return engine == .sqlite ? column.type.sqlite : column.type.postgres
    }
}

extension SchemaSQL {
    /// The SQLite column that links a row to its search tokens; increases with every row.
    static let searchRow = "row_id"

    /// The full-text index on a text column of tokens separated by single spaces.
    private func search(_ column: String, of table: String) -> String {
        let index = SQLNames.index(table, [column])
        guard engine == .sqlite else {
            return "CREATE INDEX \(index) ON \(table) USING gin (array_to_tsvector(string_to_array(\(column), ' ')));\n"
        }
        // The tokenizer 'ascii' treats every non-ASCII character as part of a token and does not fold it.
        return """
            CREATE VIRTUAL TABLE \(index) USING fts5(
                \(column), content = '\(table)', content_rowid = '\(Self.searchRow)', tokenize = 'ascii', detail = none,
                columnsize = 0
            );

            """ + searchTriggers(column, of: table)
    }

    /// The triggers that keep the full-text index up to date on SQLite.
    ///
    /// A new row is only queued: the store indexes all queued rows before it commits. FTS5 flushes its pending tokens
    /// at every statement that can be rolled back on its own, so indexing row by row would write an index segment each.
    func searchTriggers(_ column: String, of table: String) -> String {
        let (index, row) = (SQLNames.index(table, [column]), Self.searchRow)
        let wait = "INSERT INTO \(index)_waiting (\(row)) VALUES (new.\(row))"
        let remove = """
            INSERT INTO \(index) (\(index), rowid, \(column)) SELECT 'delete', old.\(row), old.\(column)
                WHERE NOT EXISTS (SELECT 1 FROM \(index)_waiting WHERE \(row) = old.\(row));
            """
        return """
            CREATE TABLE IF NOT EXISTS \(index)_waiting (
                \(row) INTEGER PRIMARY KEY
            ) STRICT;
            CREATE TRIGGER \(index)_insert AFTER INSERT ON \(table) BEGIN
                \(wait);
            END;
            CREATE TRIGGER \(index)_update AFTER UPDATE OF \(column) ON \(table) BEGIN
                \(remove.indented)
                \(wait) ON CONFLICT DO NOTHING;
            END;
            CREATE TRIGGER \(index)_delete AFTER DELETE ON \(table) BEGIN
                \(remove.indented)
                DELETE FROM \(index)_waiting WHERE \(row) = old.\(row);
            END;

            """
    }
}

extension String {
    /// The text with all lines but the first indented.
    fileprivate var indented: String { replacing("\n", with: "\n    ") }
}
