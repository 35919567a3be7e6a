import ParleyContract
import SpecCore

/// The two kinds of tokens that a session has.
package struct Tokens: Sendable {
    let access: AccessTokens
    let refresh: RefreshTokens

    package init(keys: ServerKeys) async {
        access = await AccessTokens(keys: keys)
        refresh = RefreshTokens(keys: keys)
    }
}

/// Begins sessions and hands out their next tokens.
struct Sessions: Sendable {
    /// How long a used refresh token gets the same successor again.
    static let graceMilliseconds: Int64 = 10_000
    /// A session ends after that time without a refresh.
    static let idleMilliseconds: Int64 = 30 * 86_400_000
    /// A session ends after that time in any case.
    static let absoluteMilliseconds: Int64 = 90 * 86_400_000

    enum Refreshed: Sendable {
        case session(Session)
        /// A token came again after its time; the session is over.
        case reused(Identifier)
        case expired
        case unknown
    }

    private let store: any Store
    private let tokens: Tokens

    init(store: any Store, tokens: Tokens) {
        self.store = store
        self.tokens = tokens
    }

    func begin(for user: UsersRow, deviceName: String?, address: String) async throws -> Session {
        let now = Timestamp.now()
        let id = Identifier.make()
        let token = tokens.refresh.make(session: id, generation: 0)
        let row = SessionsRow(
            id: id, userId: user.id, deviceName: deviceName, addressPrefix: address, generation: 0,
            refreshHash: RefreshTokens.hash(token), rotatedAt: nil, createdAt: now, lastUsedAt: now, endedAt: nil)
        _ = try await store.write { try $0.execute(SessionsTable.insert(row)) }
        return try await session(row.id, user, refreshToken: token, at: now)
    }

    private func session(
        _ id: Identifier, _ user: UsersRow, refreshToken: String, at now: Timestamp
    ) async throws -> Session {
        Session(
            accessToken: try await tokens.access.make(subject: user.id, session: id, at: now),
            expiresIn: Int32(AccessTokens.lifetimeSeconds), refreshToken: refreshToken, sessionId: id,
            user: User(user))
    }

    // MARK: Refresh

    private enum Rotation: Sendable {
        case successor(UsersRow, token: String)
        case reused(Identifier)
        case expired
        case unknown
    }

    func refresh(_ token: String) async throws -> Refreshed {
        let now = Timestamp.now()
        guard let parts = tokens.refresh.read(token), parts.isGenuine else { return .unknown }
        switch try await store.write({ try rotate(parts, in: $0, at: now) }) {
        case .successor(let user, let token):
            return .session(try await session(parts.session, user, refreshToken: token, at: now))
        case .reused(let session): return .reused(session)
        case .expired: return .expired
        case .unknown: return .unknown
        }
    }

    private func rotate(
        _ parts: RefreshTokens.Parts, in transaction: any Transaction, at now: Timestamp
    ) throws -> Rotation {
        guard let row = try transaction.first(SessionsTable.find(id: parts.session)), row.endedAt == nil,
            let user = try transaction.first(UsersTable.find(id: row.userId))
        else { return .unknown }
        if isExpired(row, at: now) { return .expired }
        if parts.hash == row.refreshHash { return .successor(user, token: try advance(row, in: transaction, at: now)) }
        if isInGrace(parts, row, at: now) {
            return .successor(user, token: tokens.refresh.make(session: row.id, generation: Int(row.generation)))
        }
        // A genuine token of an earlier generation: two parties have it, and nobody knows which is the thief.
        try transaction.execute(AccountsQueries.endSession(sessionId: row.id, now: now))
        return .reused(row.id)
    }

    private func isExpired(_ row: SessionsRow, at now: Timestamp) -> Bool {
        now.milliseconds - row.lastUsedAt.milliseconds > Self.idleMilliseconds
            || now.milliseconds - row.createdAt.milliseconds > Self.absoluteMilliseconds
    }

    private func isInGrace(_ parts: RefreshTokens.Parts, _ row: SessionsRow, at now: Timestamp) -> Bool {
        guard Int64(parts.generation) == row.generation - 1, let rotatedAt = row.rotatedAt else { return false }
        return now.milliseconds - rotatedAt.milliseconds < Self.graceMilliseconds
    }

    private func advance(_ row: SessionsRow, in transaction: any Transaction, at now: Timestamp) throws -> String {
        let generation = row.generation + 1
        let token = tokens.refresh.make(session: row.id, generation: Int(generation))
        try transaction.execute(
            AccountsQueries.rotateSession(
                sessionId: row.id, generation: generation, refreshHash: RefreshTokens.hash(token), now: now))
        return token
    }
}
