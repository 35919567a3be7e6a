import GRDB
import GRDBSQLite
import NIOConcurrencyHelpers
public import SpecCore

/// Keeps rows in one SQLite file that belongs to this process.
///
/// One connection writes: the changes that wait are committed together, so that many requests share one fsync.
/// A few others read beside it, each from one consistent state (WAL).
public final class SQLiteStore: Store {
    /// How many reads may wait; more are turned away.
    public static let waitingReadsMax = 4_096
    /// How many connections read.
    public static let readersMax = 4
    /// What the writer keeps of the file. Keys are spread over the whole file, and SQLite's own 2 MB would be read
    /// again and again.
    static let writerCacheKiB = 16_384
    /// How many pages the log holds before they are put into the file. Most pages change many times before that; with
    /// SQLite's own 1,000 a busy server would move them, and wait for the disk, several times a second.
    static let logPagesMax = 16_384

    private let pool: DatabasePool
    private let lock: FileLock
    private let writer: GroupWriter
    private let readerStatements = StatementCaches()
    private let waitingReads = NIOLockedValueBox(0)

    /// Opens or makes the file and brings its schema up to date.
    /// - Throws: ``OpenError``.
    public init(path: String, migrations: [Migration]) throws {
        let lock = try FileLock(databasePath: path)
        self.lock = lock
        do {
            pool = try DatabasePool(path: path, configuration: SQLiteStore.configuration)
            let searches = try pool.writeWithoutTransaction { database in
                // GRDB sets NORMAL when it turns WAL on, after any earlier chance.
                try database.execute(sql: "PRAGMA synchronous = FULL")
                try database.execute(sql: "PRAGMA cache_size = -\(SQLiteStore.writerCacheKiB)")
                try database.execute(sql: "PRAGMA wal_autocheckpoint = \(SQLiteStore.logPagesMax)")
                try Migrator(migrations: migrations).run(on: SQLiteHistory(database: database))
                return try SearchIndexes(database)
            }
            writer = GroupWriter(pool: pool, searches: searches)
        } catch let error as OpenError {
            throw error
        } catch {
            throw OpenError.unusable(path, "\(error)")
        }
    }

    private static var configuration: Configuration {
        var configuration = Configuration()
        configuration.maximumReaderCount = readersMax
        configuration.busyMode = .timeout(5)
        configuration.foreignKeysEnabled = true
        configuration.label = "store"
        return configuration
    }

    public func all<Row>(_ query: Query<Row>) async throws -> [Row] {
        try await read { try $0.all(query) }
    }

    public func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result {
        try enterRead()
        defer { waitingReads.withLockedValue { $0 -= 1 } }
        let caches = readerStatements
        return try await SQLiteFailure.mapping {
            try await pool.read { database in
                try body(SQLiteTransaction(caches.cache(of: database)))
            }
        }
    }

    private func enterRead() throws {
        try waitingReads.withLockedValue { count in
            guard count < Self.waitingReadsMax else {
                throw StoreError.unavailable("more than \(Self.waitingReadsMax) reads wait")
            }
            count += 1
        }
    }

    public func run<Row>(_ write: NamedWrite<Row>) async throws -> [Row] {
        try await writer.write(isRefusable: false) { try $0.run(write) }
    }

    public func write<Result: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result {
        try await writer.write(isRefusable: true, body)
    }

    public func check() async throws {
        try await SQLiteFailure.mapping {
            try await pool.read { try $0.execute(sql: "SELECT 1") }
        }
    }

    /// Waits for the writes under way, puts the log into the file, and lets the file go.
    public func close() throws {
        readerStatements.finalize()
        writer.finalizeStatements()
        try pool.close()
        lock.release()
    }
}
