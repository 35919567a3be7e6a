/// A schema as plain lines, one per thing that can be added: what a migration has recorded.
package struct SchemaText: Sendable {
    let tables: [TableModel]

    package init(tables: [TableModel]) {
        self.tables = tables
    }

    /// In the order of the schema.
    package var lines: [String] { tables.flatMap(lines) }

    private func lines(_ table: TableModel) -> [String] {
        let columns = table.columns.map {
            "column \(table.name).\($0.name) \($0.type.rawValue)\($0.isNullable ? "?" : "")"
        }
        let key = "key \(table.name) \(table.key.joined(separator: " "))"
        let unique = table.unique.map { "unique \(table.name) \($0.joined(separator: " "))" }
        let indexes = table.indexes.map { "index \(table.name) \($0.joined(separator: " "))" }
        let references = table.references.map { "reference \(table.name).\($0.column) \($0.table).\($0.target)" }
        let search = table.search.map { ["search \(table.name) \($0)"] } ?? []
        return ["table \(table.name)"] + columns + [key] + unique + indexes + references + search
    }

    /// The recorded form.
    package var recorded: String { "schema:\n" + lines.map { "  - \(NodeText.json($0))\n" }.joined() }
}

/// Writes the statements that make a schema.
package struct SchemaSQL: Sendable {
    package enum Engine: String, Sendable, CaseIterable {
        case sqlite, postgres
    }

    let engine: Engine

    package init(_ engine: Engine) {
        self.engine = engine
    }

    package func create(_ table: TableModel) -> String {
        var parts = table.columns.map { "\($0.name) \(type($0))\($0.isNullable ? "" : " NOT NULL")" }
        let key = table.key.joined(separator: ", ")
        if engine == .sqlite, table.search != nil {
            parts = ["\(Self.searchRow) INTEGER PRIMARY KEY"] + parts + ["UNIQUE (\(key))"]
        } else {
            parts.append("PRIMARY KEY (\(key))")
        }
        parts += table.unique.map { "UNIQUE (\($0.joined(separator: ", ")))" }
        parts += table.references.map { "FOREIGN KEY (\($0.column)) REFERENCES \($0.table) (\($0.target))" }
        let end = engine == .sqlite ? ") STRICT;\n" : ");\n"
        return "CREATE TABLE \(table.name) (\n    " + parts.joined(separator: ",\n    ") + "\n" + end
            + table.indexes.map { index($0, of: table.name) }.joined()
            + (table.search.map { search($0, of: table.name) } ?? "")
    }

    /// The column that ties a row to its tokens on SQLite; it grows with every row.
    static let searchRow = "row_id"

    /// An index of the tokens of a text column, which one space keeps apart.
    private func search(_ column: String, of table: String) -> String {
        let index = "\(table)_\(column)"
        guard engine == .sqlite else {
            return "CREATE INDEX \(index) ON \(table) USING gin (array_to_tsvector(string_to_array(\(column), ' ')));\n"
        }
        let add = "INSERT INTO \(index) (rowid, \(column)) VALUES (new.\(Self.searchRow), new.\(column));"
        let remove =
            "INSERT INTO \(index) (\(index), rowid, \(column)) VALUES ('delete', old.\(Self.searchRow), old.\(column));"
        // The tokenizer 'ascii' takes every letter outside of ASCII for a part of a token, and folds none of them.
        return """
            CREATE VIRTUAL TABLE \(index) USING fts5(
                \(column), content = '\(table)', content_rowid = '\(Self.searchRow)', tokenize = 'ascii', detail = none,
                columnsize = 0
            );
            CREATE TRIGGER \(index)_insert AFTER INSERT ON \(table) BEGIN
                \(add)
            END;
            CREATE TRIGGER \(index)_update AFTER UPDATE OF \(column) ON \(table) BEGIN
                \(remove)
                \(add)
            END;
            CREATE TRIGGER \(index)_delete AFTER DELETE ON \(table) BEGIN
                \(remove)
            END;

            """
    }

    func index(_ columns: [String], of table: String) -> String {
        "CREATE INDEX \(table)_\(columns.joined(separator: "_")) ON \(table) (\(columns.joined(separator: ", ")));\n"
    }

    func add(_ column: ColumnModel, to table: String) -> String {
        "ALTER TABLE \(table) ADD COLUMN \(column.name) \(type(column));\n"
    }

    private func type(_ column: ColumnModel) -> String {
        engine == .sqlite ? column.type.sqlite : column.type.postgres
    }
}

/// Finds the statements that lead from the recorded schema to the present one.
package enum SchemaChange {
    /// What `spec sql` can do.
    package enum Step: Sendable, Equatable {
        case nothing
        /// The SQL per engine.
        case additive(sqlite: String, postgres: String)
        /// The first recorded line that is gone, or the first new one that is no plain addition.
        case refused(String)
    }

    package static func step(from recorded: [String], to tables: [TableModel]) -> Step {
        let lines = SchemaText(tables: tables).lines
        if lines == recorded { return .nothing }
        let known = Set(recorded)
        if let gone = recorded.first(where: { !lines.contains($0) }) { return .refused(gone) }
        let fresh = lines.filter { !known.contains($0) }
        let newTables = tables.filter { !known.contains("table \($0.name)") }
        let later = fresh.filter { line in !newTables.contains { belongs(line, to: $0.name) } }
        if let wrong = later.first(where: { !isAddition($0) }) { return .refused(wrong) }
        func sql(_ engine: SchemaSQL.Engine) -> String {
            let writer = SchemaSQL(engine)
            return newTables.map(writer.create).joined() + later.map { addition($0, tables, writer) }.joined()
        }
        return .additive(sqlite: sql(.sqlite), postgres: sql(.postgres))
    }

    private static func belongs(_ line: String, to table: String) -> Bool {
        line.split(separator: " ").dropFirst().first?.split(separator: ".").first.map(String.init) == table
    }

    private static func isAddition(_ line: String) -> Bool {
        line.hasPrefix("index ") || line.hasPrefix("column ") && line.hasSuffix("?")
    }

    private static func addition(_ line: String, _ tables: [TableModel], _ writer: SchemaSQL) -> String {
        let words = line.split(separator: " ").map(String.init)
        guard words[0] == "column" else { return writer.index(Array(words[2...]), of: words[1]) }
        let place = words[1].split(separator: ".").map(String.init)
        guard let column = tables.first(where: { $0.name == place[0] })?.column(place[1]) else { return "" }
        return writer.add(column, to: place[0])
    }
}
