import GRDB
import GRDBSQLite
import NIOConcurrencyHelpers
import SpecCore

/// The prepared statements of one connection, by the address of their text: a query's text is one literal.
///
/// Used only by the holder of the connection, so it needs no lock.
final class StatementCache: @unchecked Sendable {  // handed from one holder of the connection to the next by GRDB
    /// A prepared statement, with the numbers of its values.
    struct Statement {
        let pointer: OpaquePointer
        /// The numbers of its placeholders. A statement of a named write may not use all values.
        let placeholders: [Int32]
    }

    let connection: OpaquePointer
    private var statements: [UnsafePointer<UInt8>: Statement] = [:]
    private var made: [String: Statement] = [:]

    init(connection: OpaquePointer) {
        self.connection = connection
    }

    /// Returns the statement, ready to be bound.
    func statement(_ text: StaticString) throws -> Statement {
        if let known = statements[text.utf8Start] { return known }
        let statement = try prepare(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
        statements[text.utf8Start] = statement
        return statement
    }

    private func prepare(_ text: UnsafeBufferPointer<UInt8>) throws -> Statement {
        var statement: OpaquePointer?
        let code = text.withMemoryRebound(to: CChar.self) {
            sqlite3_prepare_v3(
                connection, $0.baseAddress, Int32($0.count), UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
        }
        guard code == SQLITE_OK, let statement else { throw SQLiteFailure.error(connection) }
        // A number that the statement does not use has no name.
        let numbers = (0..<sqlite3_bind_parameter_count(statement)).map { $0 + 1 }
        return Statement(
            pointer: statement,
            placeholders: numbers.filter { sqlite3_bind_parameter_name(statement, $0) != nil })
    }

    /// Runs a statement without values and rows.
    func run(_ text: StaticString) throws { try run(try statement(text)) }

    /// Runs a statement whose text is built at run time.
    func run(made text: String) throws {
        if let known = made[text] { return try run(known) }
        var text = text
        let statement = try text.withUTF8 { try prepare($0) }
        made[text] = statement
        try run(statement)
    }

    private func run(_ statement: Statement) throws {
        defer { sqlite3_reset(statement.pointer) }
        guard sqlite3_step(statement.pointer) == SQLITE_DONE else { throw SQLiteFailure.error(connection) }
    }

    /// Rolls back the transaction that a failed group left open.
    func rollback() {
        if sqlite3_get_autocommit(connection) == 0 { try? run("ROLLBACK") }
    }

    func finalize() {
        for statement in statements.values { sqlite3_finalize(statement.pointer) }
        for statement in made.values { sqlite3_finalize(statement.pointer) }
        (statements, made) = ([:], [:])
    }
}

/// The statement caches of a pool's connections.
final class StatementCaches: Sendable {
    private let caches = NIOLockedValueBox([UInt: StatementCache]())

    func cache(of database: Database) -> StatementCache {
        // GRDB closes a connection only after it was returned.
        guard let connection = database.sqliteConnection else { preconditionFailure("GRDB lends open connections") }
        return caches.withLockedValue { caches in
            if let known = caches[UInt(bitPattern: connection)] { return known }
            let cache = StatementCache(connection: connection)
            caches[UInt(bitPattern: connection)] = cache
            return cache
        }
    }

    func finalize() {
        caches.withLockedValue { caches in
            for cache in caches.values { cache.finalize() }
            caches = [:]
        }
    }
}
