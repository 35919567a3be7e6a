import GRDB
public import SpecCore

/// What a SQLite file has, as lines of a schema.
struct SQLiteCatalogue {
    static let types = [
        "identifier": "BLOB", "bytes": "BLOB", "text": "TEXT", "integer": "INTEGER", "bool": "INTEGER",
        "timestamp": "INTEGER", "real": "REAL",
    ]
    /// The number that rows have for the sake of their index of tokens.
    private static let searchRow = "row_id"

    let database: Database

    func lines() throws -> [String] {
        let tables = try String.fetchAll(
            database, sql: "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'")
        let searches = try String.fetchAll(
            database, sql: "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'virtual'")
        return try tables.flatMap { try lines(of: $0, Set(searches)) }
    }

    private func lines(of table: String, _ searches: Set<String>) throws -> [String] {
        let columns = try Row.fetchAll(
            database, sql: "SELECT name, type, \"notnull\", pk FROM pragma_table_xinfo(?) ORDER BY cid",
            arguments: [table]
        ).filter { $0["name"] != Self.searchRow }
        let key = columns.filter { $0["pk"] > 0 }.sorted { ($0["pk"] as Int) < $1["pk"] }.map { $0["name"] as String }
        let names = columns.map { row -> String in row["name"] }
        return ["table \(table)"]
            + columns.map {
                "column \(table).\($0["name"] as String) \($0["type"] as String)\($0["notnull"] ? "" : "?")"
            }
            + (key.isEmpty ? [] : ["key \(table) \(key.joined(separator: " "))"])
            + (try indexes(of: table)) + (try references(of: table)) + (try checks(of: table))
            + names.filter { searches.contains("\(table)_\($0)") }.map { "search \(table) \($0)" }
    }

    private func indexes(of table: String) throws -> [String] {
        let indexes = try Row.fetchAll(
            database, sql: "SELECT name, \"unique\" FROM pragma_index_list(?) WHERE origin <> 'pk'",
            arguments: [table])
        return try indexes.map { index in
            let columns = try String.fetchAll(
                database, sql: "SELECT COALESCE(name, '?') FROM pragma_index_info(?) ORDER BY seqno",
                arguments: [index["name"] as String])
            return "\(index["unique"] ? "unique" : "index") \(table) \(columns.joined(separator: " "))"
        }
    }

    private func references(of table: String) throws -> [String] {
        try Row.fetchAll(
            database, sql: "SELECT \"from\", \"table\", \"to\" FROM pragma_foreign_key_list(?)", arguments: [table]
        ).map { "reference \(table).\($0[0] as String) \($0[1] as String).\($0[2] as String)" }
    }

    /// No pragma tells of checks: their names stand in the statement that made the table.
    private func checks(of table: String) throws -> [String] {
        let statement =
            try String.fetchOne(
                database, sql: "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?", arguments: [table])
            ?? ""
        // Every other piece stands in quotes.
        let pieces = statement.split(separator: "'", omittingEmptySubsequences: false).enumerated()
        let words = pieces.filter { $0.offset % 2 == 0 }.flatMap { $0.element.split { " \n\t(),".contains($0) } }
        return words.indices.dropFirst(2).compactMap { index in
            words[index - 2].uppercased() == "CONSTRAINT" && words[index].uppercased() == "CHECK"
                ? "check \(table).\(words[index - 1])" : nil
        }
    }
}

extension SQLiteStore {
    /// What a file has otherwise than the migrations and the schema say; nothing when all is well. Changes nothing.
    /// - Throws: ``OpenError``.
    public static func differences(
        path: String, migrations: [Migration], schema: StaticString
    ) throws -> [String] {
        let lock = try FileLock(databasePath: path)
        defer { lock.release() }
        do {
            let pool = try DatabaseQueue(path: path)
            defer { try? pool.close() }
            return try pool.inDatabase { database in
                let history = SQLiteHistory(database: database)
                guard try database.tableExists("spec_migrations") else { return ["the database is empty"] }
                let missing = try Migrator(migrations: migrations).missing(in: history)
                return missing.map { "the migration \($0.name) is missing" }
                    + SchemaCheck(schema: schema, types: SQLiteCatalogue.types).differences(
                        from: try SQLiteCatalogue(database: database).lines())
            }
        } catch let error as OpenError {
            throw error
        } catch {
            throw OpenError.unusable(path, "\(error)")
        }
    }
}
