import GRDB
import GRDBSQLite
import NIOConcurrencyHelpers
import ParleyContract
import SpecCore
import TestSupport

@testable import SpecStorage

/// A store that counts the work of its statements, on a database that another store has filled: on SQLite the steps of its
/// virtual machine (about ten for a row), on PostgreSQL the rows that are read, and the scans, because one that an index
/// answers by itself reads no row.
final class RowCounter: Store {
    /// Runs a body in a transaction and returns its work.
    private typealias Measure = @Sendable (@escaping @Sendable (any Transaction) throws -> Void) async throws -> Int

    private let measure: Measure
    private let counted = NIOLockedValueBox(0)

    private init(_ measure: @escaping Measure) {
        self.measure = measure
    }

    /// Returns the work since the last call.
    func work() -> Int {
        counted.withLockedValue { count in
            defer { count = 0 }
            return count
        }
    }

    // MARK: SQLite

    private static let stepsPerCall: Int32 = 10

    /// Number of calls of a progress handler.
    private final class Calls: Sendable {
        let count = NIOLockedValueBox(0)
    }

    static func sqlite(path: String) throws -> RowCounter {
        var configuration = Configuration()
        configuration.prepareDatabase { try SQLiteLists.register(on: $0) }
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        return RowCounter { body in
            let calls = Calls()
            try await queue.write { database in
                let connection = database.sqliteConnection!
                let transaction = SQLiteTransaction(
                    StatementCache(connection: connection),
                    AfterCommit(eventLog: FrameworkTables.eventLog, publisher: nil),
                    collector: AnnouncementCollector())
                sqlite3_progress_handler(
                    connection, stepsPerCall,
                    { context in
                        let calls = Unmanaged<Calls>.fromOpaque(context!).takeUnretainedValue()
                        calls.count.withLockedValue { $0 += 1 }
                        return 0
                    }, Unmanaged.passUnretained(calls).toOpaque())
                defer { sqlite3_progress_handler(connection, 0, nil, nil) }
                try body(transaction)
            }
            return calls.count.withLockedValue { $0 } * Int(stepsPerCall)
        }
    }

    // MARK: PostgreSQL

    private static let rowsRead = Query(
        "test.rowsRead",
        SQLText(
            sqlite: "",
            postgres: """
                SELECT COALESCE(sum(seq_tup_read + idx_tup_fetch + seq_scan + idx_scan), 0)::bigint
                FROM pg_stat_xact_user_tables
                """), []
    ) { try $0.integer(0) }

    static func postgres(_ store: any Store) -> RowCounter {
        RowCounter { body in
            let rows = try await store.write { transaction in
                let before = try transaction.all(rowsRead)[0]
                try body(transaction)
                return try transaction.all(rowsRead)[0] - before
            }
            return Int(rows)
        }
    }

    // MARK: Store

    func all<Row>(_ query: Query<Row>) async throws -> [Row] { try await read { try $0.all(query) } }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result {
        let result = NIOLockedValueBox<Result?>(nil)
        let work = try await measure { transaction in
            let value = try body(transaction)
            result.withLockedValue { $0 = value }
        }
        counted.withLockedValue { $0 += work }
        guard let value = result.withLockedValue({ $0 }) else { throw StoreError.failed("the body did not run") }
        return value
    }

    func run<Row>(_ write: NamedWrite<Row>) async throws -> [Row] {
        throw StoreError.failed("named writes are not counted")
    }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result {
        try await read(body)
    }

    func check() async throws {}
}
