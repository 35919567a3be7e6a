import GRDB
import GRDBSQLite
import SpecCore

/// Checkpoints the write-ahead log after commits, so that its size is bounded.
///
/// A log that has reached its size is checkpointed as far as no reader needs it. Reads that overlap without a gap would
/// let it grow on; at several times the size it is emptied, for which new reads use the file and running ones end.
final class WriteAheadLog: @unchecked Sendable {  // used by the holder of the writer's connection only
    /// The size at which it is emptied, in multiples of the size at which it is checkpointed.
    private static let forcedFactor: Int32 = 4

    private let pagesMax: Int32
    private var pages: Int32 = 0
    /// The number of pages at which it is emptied. If a reader is in the way, one more size is added.
    private var forcedAt: Int32

    /// - Parameter pagesMax: the number of pages before a checkpoint.
    init(pagesMax: Int32) {
        self.pagesMax = pagesMax
        forcedAt = pagesMax * Self.forcedFactor
    }

    /// Watches the log of the writer's connection, in place of SQLite's own checkpoints.
    func follow(_ database: Database) throws {
        let size = try Int32.fetchOne(database, sql: "PRAGMA page_size") ?? 4_096
        try database.execute(sql: "PRAGMA journal_size_limit = \(Int64(size) * Int64(pagesMax))")
        let context = Unmanaged.passUnretained(self).toOpaque()
        sqlite3_wal_hook(
            database.sqliteConnection,
            { context, _, _, pages in
                if let context { Unmanaged<WriteAheadLog>.fromOpaque(context).takeUnretainedValue().pages = pages }
                return SQLITE_OK
            }, context)
    }

    /// Checkpoints the log if it has reached its size. A failure is left to the next commit.
    func bound(_ connection: OpaquePointer) {
        guard pages >= pagesMax else { return }
        let isForced = pages >= forcedAt
        let mode = isForced ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE
        let code = sqlite3_wal_checkpoint_v2(connection, "main", mode, nil, nil)
        guard isForced else { return }
        if code == SQLITE_OK { pages = 0 }
        forcedAt = code == SQLITE_OK ? pagesMax * Self.forcedFactor : pages + pagesMax
    }
}
