import GRDB
import GRDBSQLite
import NIOConcurrencyHelpers
import SpecCore

/// The prepared statements of one connection, by the address of their text: a query's text is one literal.
///
/// Used only by whoever has the connection, so it needs no lock of its own.
final class StatementCache: @unchecked Sendable {  // handed from one holder of the connection to the next by GRDB
    let connection: OpaquePointer
    private var statements: [UnsafePointer<UInt8>: OpaquePointer] = [:]

    init(connection: OpaquePointer) {
        self.connection = connection
    }

    /// The statement, ready to be bound.
    func statement(_ text: StaticString) throws -> OpaquePointer {
        if let known = statements[text.utf8Start] { return known }
        var statement: OpaquePointer?
        let code = text.utf8Start.withMemoryRebound(to: CChar.self, capacity: text.utf8CodeUnitCount) {
            sqlite3_prepare_v3(
                connection, $0, Int32(text.utf8CodeUnitCount), UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
        }
        guard code == SQLITE_OK, let statement else { throw SQLiteFailure.error(connection) }
        statements[text.utf8Start] = statement
        return statement
    }

    /// Runs a statement that has no values and no rows.
    func run(_ text: StaticString) throws {
        let statement = try statement(text)
        defer { sqlite3_reset(statement) }
        guard sqlite3_step(statement) == SQLITE_DONE else { throw SQLiteFailure.error(connection) }
    }

    /// Undoes what a failed group left open.
    func rollback() {
        if sqlite3_get_autocommit(connection) == 0 { try? run("ROLLBACK") }
    }

    func finalize() {
        for statement in statements.values { sqlite3_finalize(statement) }
        statements = [:]
    }
}

/// The caches of a pool's connections.
final class StatementCaches: Sendable {
    private let caches = NIOLockedValueBox([UInt: StatementCache]())

    func cache(of database: Database) -> StatementCache {
        // GRDB closes a connection only after everybody let it go.
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
