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
        let end = engine == .sqlite ? ") STRICT;\n" : ");\n"
        return "CREATE TABLE \(name) (\n    " + parts.joined(separator: ",\n    ") + "\n" + end
    }

    /// On both engines a refusal names the check.
    func check(_ check: CheckModel) -> String { "CONSTRAINT \(check.name) CHECK (\(check.condition))" }

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

extension SchemaSQL {
    /// The column that ties a row to its tokens on SQLite; it grows with every row.
    static let searchRow = "row_id"

    /// An index of the tokens of a text column, which one space keeps apart.
    private func search(_ column: String, of table: String) -> String {
        let index = SQLNames.index(table, [column])
        guard engine == .sqlite else {
            return "CREATE INDEX \(index) ON \(table) USING gin (array_to_tsvector(string_to_array(\(column), ' ')));\n"
        }
        // The tokenizer 'ascii' takes every letter outside of ASCII for a part of a token, and folds none of them.
        return """
            CREATE VIRTUAL TABLE \(index) USING fts5(
                \(column), content = '\(table)', content_rowid = '\(Self.searchRow)', tokenize = 'ascii', detail = none,
                columnsize = 0
            );

            """ + searchTriggers(column, of: table)
    }

    /// What keeps the tokens true on SQLite.
    ///
    /// A new row only notes that it waits: the store adds the tokens of all that wait before it commits. FTS5 writes
    /// what it has gathered at every statement that could be undone by itself, so row by row would cost a piece of
    /// index each.
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
    /// Its lines after the first moved in, as those of a block.
    fileprivate var indented: String { replacing("\n", with: "\n    ") }
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
