import GRDB
public import SpecCore

/// The schema of a SQLite file, as lines.
struct SQLiteIntrospection {
    static let types: [DatabaseSchema.ColumnType: String] = [
        .identifier: "BLOB", .bytes: "BLOB", .text: "TEXT", .integer: "INTEGER", .bool: "INTEGER",
        .timestamp: "INTEGER", .real: "REAL",
    ]
    /// The row number that tables have for their full-text index.
    private static let searchRow = "row_id"

    let database: Database

    func lines() throws -> [SchemaLine] {
        let tables = try String.fetchAll(
            database, sql: "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
        let searches = try String.fetchAll(
            database, sql: "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'virtual'")
        return try tables.flatMap { try lines(of: $0, Set(searches)) }
    }

    private func lines(of table: String, _ searches: Set<String>) throws -> [SchemaLine] {
        let columns = try Row.fetchAll(
            database, sql: "SELECT name, type, \"notnull\", pk FROM pragma_table_xinfo(?) ORDER BY cid",
            arguments: [table]
        ).filter { $0["name"] != Self.searchRow }
        let key = columns.filter { $0["pk"] > 0 }.sorted { ($0["pk"] as Int) < $1["pk"] }.map { $0["name"] as String }
        let names = columns.map { row -> String in row["name"] }
        var lines = [SchemaLine(.table, table)]
        lines += columns.map { row in
            SchemaLine.column(table, row["name"], type: row["type"], isNullable: !(row["notnull"] as Bool))
        }
        if !key.isEmpty { lines.append(.columns(.key, table, key)) }
        lines += try indexes(of: table) + references(of: table) + checks(of: table)
        for name in names where searches.contains("\(table)_\(name)") {
            lines.append(.columns(.search, table, [name]))
        }
        return lines
    }

    private func indexes(of table: String) throws -> [SchemaLine] {
        let indexes = try Row.fetchAll(
            database, sql: "SELECT name, \"unique\" FROM pragma_index_list(?) WHERE origin <> 'pk'",
            arguments: [table])
        return try indexes.map { index in
            let columns = try String.fetchAll(
                database, sql: "SELECT COALESCE(name, '?') FROM pragma_index_info(?) ORDER BY seqno",
                arguments: [index["name"] as String])
            return .columns(index["unique"] ? .unique : .index, table, columns)
        }
    }

    private func references(of table: String) throws -> [SchemaLine] {
        try Row.fetchAll(
            database, sql: "SELECT \"from\", \"table\", \"to\" FROM pragma_foreign_key_list(?)", arguments: [table]
        ).map { .reference(table, $0[0], to: "\($0[1] as String).\($0[2] as String)") }
    }

    /// The names of the check constraints. There is no pragma for them, so they are parsed from the CREATE TABLE
    /// statement.
    private func checks(of table: String) throws -> [SchemaLine] {
        let statement =
            try String.fetchOne(
                database, sql: "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?", arguments: [table])
            ?? ""
        // Every other piece is inside quotes.
        let pieces = statement.split(separator: "'", omittingEmptySubsequences: false).enumerated()
        let words = pieces.filter { $0.offset % 2 == 0 }.flatMap { $0.element.split { " \n\t(),".contains($0) } }
        return words.indices.dropFirst(2).compactMap { index in
            words[index - 2].uppercased() == "CONSTRAINT" && words[index].uppercased() == "CHECK"
                ? .check(table, String(words[index - 1])) : nil
        }
    }
}

extension SQLiteStore {
    /// The differences between a file and the migrations and schema; empty if they agree. Read-only, and possible
    /// beside a running server.
    /// - Throws: ``OpenError``.
    public static func drift(
        path: String, migrations: [Migration], schema: DatabaseSchema
    ) throws -> [String] {
        try SQLiteView(path: path).read { database in
            guard try database.tableExists("spec_migrations") else { return ["the database is empty"] }
            let missing = try Migrator(migrations: migrations).missing(in: SQLiteHistory(database: database))
            return missing.map { "the migration \($0.name) is missing" }
                + SchemaDrift(schema: schema, types: SQLiteIntrospection.types).drift(
                    from: try SQLiteIntrospection(database: database).lines())
        } ?? ["the database does not exist yet"]
    }

    /// The state of a file. Read-only, and possible beside a running server.
    /// - Throws: ``OpenError``.
    public static func state(path: String, migrations: [Migration]) throws -> DatabaseState {
        try SQLiteView(path: path).read { database in
            guard try database.tableExists("spec_migrations") else { return .absent }
            let missing = try Migrator(migrations: migrations).missing(in: SQLiteHistory(database: database))
            return .present(pending: missing.map { "\($0.name)" })
        } ?? .absent
    }
}
