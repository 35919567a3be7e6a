import ParleyContract
import SpecCore

/// Revokes sessions before they expire.
enum Revocations {
    /// The sessions to end.
    enum Scope: Sendable {
        case one(Identifier, of: Identifier)
        case all(of: Identifier)
        case others(of: Identifier, than: Identifier)
        /// The least recently used ones beyond a number.
        case surplus(of: Identifier, beyond: Int64)
    }

    /// Maximum number of surplus sessions ended by one login.
    private static let surplusMax: Int64 = 1_000
    private static let noSession = Identifier(high: 0, low: 0)

    /// Ends the rows of the sessions. Their access tokens, which have not expired, are rejected on all nodes once the
    /// transaction is committed.
    ///
    /// - Returns: the sessions that were active until now.
    @discardableResult static func end(
        _ scope: Scope, in transaction: any Transaction, at now: Timestamp
    ) throws -> [Identifier] {
        let ended = try endRows(scope, in: transaction, at: now)
        try transaction.announceEnd(of: ended)
        return ended
    }

    private static func endRows(
        _ scope: Scope, in transaction: any Transaction, at now: Timestamp
    ) throws -> [Identifier] {
        switch scope {
        case .one(let session, let user):
            try transaction.all(SessionsQueries.endSession(userId: user, sessionId: session, now: now)).map(\.id)
        case .all(let user):
            try transaction.all(SessionsQueries.endSessions(userId: user, sparedId: noSession, now: now)).map(\.id)
        case .others(let user, let session):
            try transaction.all(SessionsQueries.endSessions(userId: user, sparedId: session, now: now)).map(\.id)
        case .surplus(let user, let kept):
            try transaction.all(
                SessionsQueries.endSurplusSessions(userId: user, kept: kept, batch: surplusMax, now: now)
            ).map(\.id)
        }
    }
}
