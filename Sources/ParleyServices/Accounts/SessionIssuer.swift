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
package struct SessionIssuer: Sendable {
    /// How long a used refresh token gets the same successor again.
    static let graceMilliseconds: Int64 = 10_000
    /// How many sessions of a user live at a time; the one that was used least ends for a new one.
    static let perUserMax: Int64 = 100

    /// A session that was begun in a transaction which is still to be committed.
    struct Begun: Sendable {
        let id: Identifier
        let refreshToken: String
        /// Those that ended for it, to be announced.
        let ended: [Identifier]
    }

    enum Refreshed: Sendable {
        case successor(User, token: String)
        /// A token came again after its time; the session is over.
        case reused([Identifier])
        case expired
        case unknown
    }

    private let tokens: Tokens
    private let references: References

    package init(tokens: Tokens, references: References) {
        self.tokens = tokens
        self.references = references
    }

    /// - Parameter address: the client's; only its network is kept.
    func begin(
        for user: Identifier, deviceName: String?, address: String, in transaction: any Transaction, at now: Timestamp
    ) throws -> Begun {
        let id = Identifier.make(at: now)
        let token = tokens.refresh.make(session: id, generation: 0)
        let row = SessionsRow(
            id: id, userId: user, deviceName: deviceName, addressPrefix: AddressPrefix.of(address), generation: 0,
            refreshHash: RefreshTokens.hash(token), rotatedAt: nil, createdAt: now, lastUsedAt: now, endedAt: nil)
        try transaction.execute(SessionsTable.insert(row))
        let ended = try Revocations.end(.surplus(of: user, beyond: Self.perUserMax), in: transaction, at: now)
        return Begun(id: id, refreshToken: token, ended: ended)
    }

    /// What the client gets of a session.
    func session(_ id: Identifier, of user: User, refreshToken: String, at now: Timestamp) async throws -> Session {
        Session(
            accessToken: try await tokens.access.make(subject: user.id, session: id, at: now),
            expiresIn: Int32(AccessTokens.lifetimeSeconds), refreshToken: refreshToken, sessionId: id,
            user: user.signed(by: references.signer(for: user.id)))
    }

    // MARK: Refresh

    /// The parts of a refresh token that one of the server's keys made.
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
        if SessionLife.isOver(row, at: now) { return .expired }
        if parts.hash == row.refreshHash {
            return .successor(User(user), token: try advance(row, in: transaction, at: now))
        }
        if isInGrace(parts, row, at: now), let token = tokens.refresh.current(of: row) {
            return .successor(User(user), token: token)
        }
        // A genuine token of an earlier generation: two parties have it, and nobody knows which is the thief.
        return .reused(try Revocations.end(.one(row.id, of: row.userId), in: transaction, at: now))
    }

    private func isInGrace(_ parts: RefreshTokens.Parts, _ row: SessionsRow, at now: Timestamp) -> Bool {
        guard Int64(parts.generation) == row.generation - 1, let rotatedAt = row.rotatedAt else { return false }
        return now.milliseconds - rotatedAt.milliseconds < Self.graceMilliseconds
    }

    /// Where another node was faster by a moment, nothing changes: it made the same token.
    private func advance(_ row: SessionsRow, in transaction: any Transaction, at now: Timestamp) throws -> String {
        let generation = row.generation + 1
        let token = tokens.refresh.make(session: row.id, generation: Int(generation))
        try transaction.execute(
            SessionsQueries.rotateSession(
                sessionId: row.id, generation: generation, refreshHash: RefreshTokens.hash(token), now: now))
        return token
    }
}
