import ParleyContract
import SpecCore

/// How long a session lives when nobody ends it.
enum SessionLife {
    /// Without a refresh.
    static let idleMilliseconds: Int64 = 30 * 86_400_000
    /// In any case.
    static let absoluteMilliseconds: Int64 = 90 * 86_400_000

    /// A session that was last used before that is over.
    static func usedAfter(_ now: Timestamp) -> Timestamp {
        Timestamp(milliseconds: now.milliseconds - idleMilliseconds)
    }

    /// A session that was made before that is over.
    static func madeAfter(_ now: Timestamp) -> Timestamp {
        Timestamp(milliseconds: now.milliseconds - absoluteMilliseconds)
    }

    static func isOver(_ row: SessionsRow, at now: Timestamp) -> Bool {
        row.lastUsedAt <= usedAfter(now) || row.createdAt <= madeAfter(now)
    }

    /// When it ends at the latest.
    static func end(of row: SessionsRow) -> Timestamp {
        Timestamp(milliseconds: row.createdAt.milliseconds + absoluteMilliseconds)
    }
}
