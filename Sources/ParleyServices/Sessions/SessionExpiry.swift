import ParleyContract
import SpecCore

/// Idle and absolute lifetime of sessions.
enum SessionExpiry {
    /// Lifetime without a refresh.
    static let idleMilliseconds: Int64 = 30 * 86_400_000
    /// Lifetime in any case.
    static let absoluteMilliseconds: Int64 = 90 * 86_400_000

    /// Returns the time before which the last use makes a session idle too long.
    static func usedAfter(_ now: Timestamp) -> Timestamp {
        now.adding(milliseconds: -idleMilliseconds)
    }

    /// Returns the time before which a session was created too long ago.
    static func madeAfter(_ now: Timestamp) -> Timestamp {
        now.adding(milliseconds: -absoluteMilliseconds)
    }

    static func isOver(_ row: SessionsRow, at now: Timestamp) -> Bool {
        row.lastUsedAt <= usedAfter(now) || row.createdAt <= madeAfter(now)
    }

    /// Returns the latest time at which a session ends.
    static func end(of row: SessionsRow) -> Timestamp {
        row.createdAt.adding(milliseconds: absoluteMilliseconds)
    }
}
