import ParleyContract
import SpecCore

/// Makers of the two kinds of tokens of a session.
package struct Tokens: Sendable {
    let access: AccessTokens
    let refresh: RefreshTokens

    package init(keys: ServerKeys) async {
        access = await AccessTokens(keys: keys)
        refresh = RefreshTokens(keys: keys)
    }
}

/// Creates sessions and rotates their refresh tokens.
package struct SessionIssuer: Sendable {
    /// Grace period in which a used refresh token returns the same successor again.
    static let graceMilliseconds: Int64 = 10_000
    /// Maximum generation: a token has 32 bits for it.
    private static let generationMax = Int64(UInt32.max)
    /// Clock skew between nodes. A token that was rotated later than that in the future gets no grace.
    static let skewMilliseconds: Int64 = 1_000
    /// Maximum number of sessions per user; the least recently used one ends for a new one.
    static let perUserMax: Int64 = 100

    /// A session created in a transaction that is still to be committed.
    struct NewSession: Sendable {
        let id: Identifier
        let refreshToken: String
    }

    enum Refreshed: Sendable {
        case successor(User, token: String)
        /// An old token was reused after its grace period; the session has ended.
        case reused
        case expired
        case unknown
    }

    private let tokens: Tokens

    package init(tokens: Tokens) {
        self.tokens = tokens
    }

    /// Creates a session.
    ///
    /// - Parameter address: the client's address; only its network is stored.
    func begin(
        for user: Identifier, deviceName: String?, address: String, in transaction: any Transaction, at now: Timestamp
    ) throws -> NewSession {
        let id = Identifier.make(at: now)
        let token = tokens.refresh.make(session: id, generation: 0)
        let row = SessionsRow(
            id: id, userId: user, deviceName: deviceName, addressPrefix: AddressPrefix.of(address), generation: 0,
            refreshHash: RefreshTokens.hash(token), rotatedAt: nil, createdAt: now, lastUsedAt: now, endedAt: nil)
        try transaction.execute(SessionsTable.insert(row))
        try Revocations.end(.surplus(of: user, beyond: Self.perUserMax), in: transaction, at: now)
        return NewSession(id: id, refreshToken: token)
    }

    /// Returns the session with its tokens, as sent to the client.
    func session(_ id: Identifier, of user: User, refreshToken: String, at now: Timestamp) async throws -> Session {
        Session(
            accessToken: try await tokens.access.make(subject: user.id, session: id, at: now),
            expiresIn: Int32(AccessTokens.lifetimeSeconds), refreshToken: refreshToken, sessionId: id,
            user: user)
    }

    // MARK: Refresh

    /// Returns the parts of a refresh token made with one of the server's keys.
    func parts(of token: String) -> RefreshTokens.Parts? {
        guard let parts = tokens.refresh.read(token), parts.isGenuine else { return nil }
        return parts
    }

    func refresh(
        _ parts: RefreshTokens.Parts, in transaction: any Transaction, at now: Timestamp
    ) throws -> Refreshed {
        guard let row = try transaction.first(SessionsTable.find(id: parts.session)), row.endedAt == nil,
            let user = try transaction.first(AccountsQueries.me(userId: row.userId))
        else { return .unknown }
        if SessionExpiry.isOver(row, at: now) || row.generation >= Self.generationMax { return .expired }
        if parts.hash == row.refreshHash {
            return .successor(User(user), token: try advance(row, in: transaction, at: now))
        }
        if isInGrace(parts, row, at: now), let token = tokens.refresh.current(of: row) {
            return .successor(User(user), token: token)
        }
        // A valid token of an earlier generation: two parties have it, and the thief cannot be told from the owner.
        try Revocations.end(.one(row.id, of: row.userId), in: transaction, at: now)
        return .reused
    }

    /// Replaces the refresh token of a session. The earlier one has no grace period: using it ends the session. So
    /// does using the one that a refresh at the same time derived from it.
    ///
    /// - Throws: ``Problem`` `unauthenticated` if the session has ended, `unavailable` if it was refreshed meanwhile.
    func renew(_ session: Identifier, in transaction: any Transaction, at now: Timestamp) throws -> String {
        guard let row = try transaction.first(SessionsTable.find(id: session)), row.endedAt == nil,
            row.generation < Self.generationMax - 1
        else { throw Problem(.unauthenticated, "This session has ended; sign in again.") }
        let (generation, token) = next(after: row, skipping: 1)
        let renew = SessionsQueries.renewSession(
            sessionId: row.id, generation: generation, refreshHash: RefreshTokens.hash(token), now: now)
        guard try transaction.execute(renew) == 1 else {
            throw Problem(.unavailable, "The session was refreshed meanwhile; try again.", retryAfterSeconds: 1)
        }
        return token
    }

    private func isInGrace(_ parts: RefreshTokens.Parts, _ row: SessionsRow, at now: Timestamp) -> Bool {
        guard Int64(parts.generation).saturatingAdding(1) == row.generation, let rotatedAt = row.rotatedAt else {
            return false
        }
        let age = now.milliseconds(since: rotatedAt)
        return age > -Self.skewMilliseconds && age < Self.graceMilliseconds
    }

    private func next(after row: SessionsRow, skipping: Int64 = 0) -> (generation: Int64, token: String) {
        let generation = row.generation.saturatingAdding(1 + skipping)
        return (generation, tokens.refresh.make(session: row.id, generation: Int(generation)))
    }

    /// Advances the generation. If another node did so a moment ago, nothing changes: it derived the same token. If
    /// ``renew(_:in:at:)`` came between, the returned token is not valid.
    private func advance(_ row: SessionsRow, in transaction: any Transaction, at now: Timestamp) throws -> String {
        let (generation, token) = next(after: row)
        try transaction.execute(
            SessionsQueries.rotateSession(
                sessionId: row.id, generation: generation, refreshHash: RefreshTokens.hash(token), now: now))
        return token
    }
}
