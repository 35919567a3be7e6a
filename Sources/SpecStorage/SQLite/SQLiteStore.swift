import Dispatch
import GRDB
public import Logging
import NIOConcurrencyHelpers
public import SpecCore

/// A store in one SQLite file, used by this process only.
///
/// One connection writes: waiting changes are committed together, so that many requests share one fsync. A few others
/// read concurrently, each from a consistent snapshot (WAL).
public final class SQLiteStore: Store {
    /// The maximum number of waiting reads; more are rejected.
    public static let waitingReadsMax = 4_096
    /// The number of read connections.
    public static let readersMax = 4
    /// The page cache of the writer. Keys are spread over the whole file, so SQLite's default of 2 MB would read pages
    /// repeatedly.
    static let writerCacheKiB = 16_384
    /// The number of pages in the log before a checkpoint. Most pages change many times before that; with SQLite's
    /// default of 1,000 a busy server would checkpoint, and wait for the disk, several times a second.
    static let logPagesMax: Int32 = 16_384
    /// The time in seconds that running reads have when the store is closed; then they are interrupted.
    private static let lastReadSeconds = 2.0

    private let path: String
    private let pool: DatabasePool
    private let lock: FileLock
    private let writer: GroupWriter
    private let readers = ReaderQueue(connections: readersMax, waitingMax: waitingReadsMax)
    private let afterCommit: AfterCommit
    private let bus = LocalBus()
    private let readerStatements = StatementCaches()
    private let logger: Logger?
    private let isClosed = NIOLockedValueBox(false)

    /// Opens or creates the file and migrates its schema.
    /// - Parameters:
    ///   - eventLog: the log that changes emit events to.
    ///   - publisher: hears of the events and ended sessions of committed changes.
    ///   - logger: notes each applied migration.
    /// - Throws: ``OpenError``.
    public init(
        path: String, migrations: [Migration], eventLog: EventLogTable? = nil, publisher: (any Publisher)? = nil,
        logger: Logger? = nil
    ) throws {
        self.path = path
        self.logger = logger
        lock = try FileLock(databasePath: path)
        afterCommit = AfterCommit(eventLog: eventLog, publisher: publisher)
        let log = WriteAheadLog(pagesMax: Self.logPagesMax)
        let searches: SearchIndexes
        (pool, searches) = try Self.open(path, Migrator(migrations: migrations, logger: logger), log)
        writer = GroupWriter(pool: pool, searches: searches, log: log, afterCommit: afterCommit)
    }

    private static func open(
        _ path: String, _ migrator: Migrator, _ log: WriteAheadLog
    ) throws -> (DatabasePool, SearchIndexes) {
        do {
            let pool = try DatabasePool(path: path, configuration: configuration)
            let searches = try pool.writeWithoutTransaction { database in
                // GRDB sets NORMAL when it turns WAL on, after any earlier hook.
                try database.execute(sql: "PRAGMA synchronous = FULL")
                try database.execute(sql: "PRAGMA cache_size = -\(writerCacheKiB)")
                try log.follow(database)
                try migrator.run(on: SQLiteHistory(database: database))
                return try SearchIndexes(database)
            }
            return (pool, searches)
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
        configuration.prepareDatabase { try SQLiteLists.register(on: $0) }
        return configuration
    }

    public func all<Row>(_ query: Query<Row>) async throws -> [Row] {
        try await read { try $0.all(query) }
    }

    /// If the caller is cancelled, the read still runs and its result is returned.
    public func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result {
        let requester = Requester.current
        try await readers.enter(requester)
        return try await withCheckedThrowingContinuation { continuation in
            pool.asyncRead { [readers, readerStatements, afterCommit] database in
                let outcome = Swift.Result {
                    try body(SQLiteTransaction(readerStatements.cache(of: database.get()), afterCommit))
                }
                readers.leave(requester)
                continuation.resume(with: outcome.mapError(SQLiteFailure.storeError))
            }
        }
    }

    public func run<Row>(_ write: NamedWrite<Row>) async throws -> [Row] {
        try await writer.write(isRefusable: false) { try $0.run(write, &$1) }
    }

    public func write<Result: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result {
        try await writer.write(isRefusable: true) { transaction, announcements in
            let collector = AnnouncementCollector()
            let result = try body(transaction.collecting(collector))
            announcements = collector.announcements
            return result
        }
    }

    /// Writes a row and removes it again, before the changes that wait.
    public func check() async throws {
        try await writer.write(isRefusable: true, isUrgent: true) { transaction, _ in try transaction.tryToWrite() }
    }

    /// Refuses new work, waits for the work in progress, checkpoints the log, and closes the file.
    ///
    /// Reads that wait for a connection are rejected; running ones are interrupted after a while.
    public func close() async throws {
        let wasClosed = isClosed.withLockedValue { isClosed in
            defer { isClosed = true }
            return isClosed
        }
        if !wasClosed { try await OwnThread.value { try self.finish() } }
    }

    private func finish() throws {
        readers.close()
        if !readers.waitUntilIdle(until: .now() + Self.lastReadSeconds) {
            pool.interrupt()
            _ = readers.waitUntilIdle(until: .distantFuture)
        }
        writer.close()
        // On the writer's queue, and with no reader in use: GRDB may still be at work behind the last read or change.
        try pool.barrierWriteWithoutTransaction { _ in
            readerStatements.finalize()
            writer.finalizeStatements()
        }
        // The connection that is closed last must be the writer's: the others cannot checkpoint.
        pool.releaseMemory()
        try emptyLog()
        try pool.close()
        lock.release()
    }

    /// Moves the log into the file, so that the file alone is the database.
    private func emptyLog() throws {
        do {
            _ = try pool.writeWithoutTransaction { try $0.checkpoint(.truncate) }
        } catch {
            // Nothing is lost: the log stays beside the file, and is read at the next start.
            logger?.warning("the write-ahead log could not be moved into \(path): \(error)")
        }
    }
}

extension SQLiteStore: Bus {
    public func listen(on channel: StaticString, _ handler: @escaping @Sendable (BusSignal) -> Void) {
        bus.listen(on: channel, handler)
    }

    @discardableResult public func announce(_ text: String, on channel: StaticString) -> Bool {
        bus.announce(text, on: channel)
    }
}
