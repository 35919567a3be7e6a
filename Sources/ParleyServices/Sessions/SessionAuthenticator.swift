import ParleyContract
package import SpecCore

/// Verifies access tokens of active sessions, with a cache of verified tokens.
package struct SessionAuthenticator: Authenticator {
    private let store: any Store
    private let tokens: Tokens
    private let cache: SessionCache
    private let lastSeen: LastSeen
    private let now: @Sendable () -> Timestamp

    package init(
        store: any Store, tokens: Tokens, cache: SessionCache, lastSeen: LastSeen,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.store = store
        self.tokens = tokens
        self.cache = cache
        self.lastSeen = lastSeen
        self.now = now
    }

    package func caller(with credential: Credential) async throws -> Caller {
        let key = SessionCache.key(credential.value)
        let now = now()
        if let known = cache.entry(key) {
            guard known.expiresAt > now else {
                throw Problem(.tokenExpired, "The access token has expired; refresh it.")
            }
            lastSeen.note(known.caller.subject, at: now)
            return known.caller
        }
        let caller = try await verify(credential, key, at: now)
        lastSeen.note(caller.subject, at: now)
        return caller
    }

    private func verify(_ credential: Credential, _ key: SessionCache.Key, at now: Timestamp) async throws -> Caller {
        let epoch = cache.epoch
        let grant = try await tokens.access.verify(credential.value, at: now)
        let row = try await store.first(SessionsTable.find(id: grant.session))
        guard let row, row.endedAt == nil, row.userId == grant.subject, !SessionExpiry.isOver(row, at: now)
        else {
            throw Problem(.unauthenticated, "This session has ended; sign in again.")
        }
        let caller = Caller(subject: grant.subject, session: grant.session, scheme: credential.scheme)
        let expiry = min(grant.expiresAt, SessionExpiry.end(of: row))
        cache.keep(key, SessionCache.Entry(caller: caller, expiresAt: expiry), since: epoch)
        return caller
    }
}
