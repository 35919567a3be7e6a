import ParleyContract
import SpecCore

/// The one way in which sessions end before their time.
///
/// The rows end in the transaction of the change that ends them; once that is committed, ``announce(_:)`` makes every
/// memory of them end too.
package struct Revocations: Sendable {
    /// Which sessions end.
    enum Scope: Sendable {
        case one(Identifier, of: Identifier)
        case all(of: Identifier)
        case others(of: Identifier, than: Identifier)
        /// Those beyond the number that were used last.
        case surplus(of: Identifier, beyond: Int64)
    }

    /// How many surplus sessions end with one login.
    private static let surplusMax: Int64 = 1_000

    private let cache: SessionCache

    package init(cache: SessionCache) {
        self.cache = cache
    }

    /// Ends the rows.
    /// - Returns: the sessions that lived until now, to be announced after the commit.
    static func end(_ scope: Scope, in transaction: any Transaction, at now: Timestamp) throws -> [Identifier] {
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

    private static let noSession = Identifier(high: 0, low: 0)

    /// Makes the end of sessions take effect at once, although their access tokens have not expired.
    func announce(_ sessions: [Identifier]) {
        for session in sessions { cache.forget(session: session) }
    }
}
