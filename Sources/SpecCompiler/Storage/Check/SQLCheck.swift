import CSpecSQLite
import GRDBSQLite

/// Prepares the SQLite statements of a spec against its schema, in memory, and reports what SQLite says.
///
/// The tables' columns are declared with the schema's own types, so that a plain column of a result can be compared with
/// its declaration.
final class SQLCheck {
    private let connection: OpaquePointer
    private(set) var diagnostics: [Diagnostic] = []

    /// - Parameter migrations: they may have made tables that the schema does not know.
    init?(_ tables: [TableModel], migrations: [MigrationModel]) {
        guard let connection = Self.open() else { return nil }
        self.connection = connection
        let writer = SchemaSQL(declaring: .sqlite)
        for table in tables { _ = Self.run(writer.create(table), connection) }
        for statement in Self.others(migrations) { _ = Self.run(statement, connection) }
    }

    deinit { sqlite3_close_v2(connection) }

    func check(_ statements: [PlacedStatement]) {
        for statement in statements {
            if let diagnostic = diagnostic(for: statement) { diagnostics.append(diagnostic) }
        }
    }

    // MARK: The database

    /// An empty database in memory with what every connection of the store has.
    private static func open() -> OpaquePointer? {
        var connection: OpaquePointer?
        guard sqlite3_open_v2(":memory:", &connection, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nil) == SQLITE_OK,
            let connection
        else {
            sqlite3_close_v2(connection)
            return nil
        }
        _disableDoubleQuotedStringLiterals(connection)
        guard spec_list_register(connection) == SQLITE_OK else {
            sqlite3_close_v2(connection)
            return nil
        }
        return connection
    }

    private static func run(_ text: String, _ connection: OpaquePointer) -> Int32 {
        sqlite3_exec(connection, text, nil, nil, nil)
    }

    /// The statements of the tables and views that the migrations make.
    private static func others(_ migrations: [MigrationModel]) -> [String] {
        guard let connection = open() else { return [] }
        defer { sqlite3_close_v2(connection) }
        for migration in migrations { _ = run(migration.sqlite, connection) }
        return rows(
            "SELECT sql FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite_%' ORDER BY rowid",
            connection)
    }

    private static func rows(_ text: String, _ connection: OpaquePointer) -> [String] {
        var statement: OpaquePointer?
        guard sqlite3_prepare_v2(connection, text, -1, &statement, nil) == SQLITE_OK else { return [] }
        defer { sqlite3_finalize(statement) }
        var rows: [String] = []
        while sqlite3_step(statement) == SQLITE_ROW {
            if let text = sqlite3_column_text(statement, 0) { rows.append(String(cString: text)) }
        }
        return rows
    }

    // MARK: Statements

    private func diagnostic(for placed: PlacedStatement) -> Diagnostic? {
        var statement: OpaquePointer?
        defer { sqlite3_finalize(statement) }
        guard sqlite3_prepare_v2(connection, placed.statement.text, -1, &statement, nil) == SQLITE_OK,
            let statement
        else { return preparationDiagnostic(placed) }
        return columnDiagnostic(for: placed, statement)
    }

    /// SQLite's own message, at the token that it means.
    private func preparationDiagnostic(_ placed: PlacedStatement) -> Diagnostic {
        let message = String(cString: sqlite3_errmsg(connection))
        let token = token(placed.statement, message, Int(sqlite3_error_offset(connection)))
        return Diagnostic(
            rule: "query-sql", "SQLite: \(message)",
            at: token.map { QueryReader.location(of: $0, in: placed.file) } ?? placed.name)
    }

    /// The token at the offset; if there is none, the last part of the name in the message (`no such column: m.bdy`).
    private func token(_ statement: LoweredStatement, _ message: String, _ offset: Int) -> SQLToken? {
        if offset >= 0 { return statement.token(at: offset) }
        guard let name = message.split(separator: ": ").last?.split(separator: ".").last else { return nil }
        return statement.parts.first { $0.token.kind == .word && $0.token.text == name }?.token
    }

    private func columnDiagnostic(for placed: PlacedStatement, _ statement: OpaquePointer) -> Diagnostic? {
        let count = Int(sqlite3_column_count(statement))
        let expected = placed.columns?.count ?? 0
        // Any statement of a write may return no rows.
        if count == 0, !placed.mustReturnRows || expected == 0 { return nil }
        guard count == expected else {
            return Diagnostic(
                rule: "query-result", "the statement returns \(Self.columns(count)), but \(expected) are declared",
                at: placed.result)
        }
        return (placed.columns ?? []).indices.lazy.compactMap { self.typeDiagnostic(for: placed, statement, $0) }.first
    }

    private static func columns(_ count: Int) -> String { count == 1 ? "1 column" : "\(count) columns" }

    /// Compares a plain column with its declaration. An expression has no declared type.
    private func typeDiagnostic(for placed: PlacedStatement, _ statement: OpaquePointer, _ index: Int) -> Diagnostic? {
        guard let text = sqlite3_column_decltype(statement, Int32(index)), let columns = placed.columns,
            let type = ColumnType(rawValue: String(cString: text)), type != columns[index].type
        else { return nil }
        return Diagnostic(
            rule: "query-type",
            "the column \(index + 1) is \(type.rawValue), but '\(columns[index].name)' is declared as "
                + columns[index].type.rawValue, at: placed.places[index], help: "write '\(type.rawValue)'")
    }
}
