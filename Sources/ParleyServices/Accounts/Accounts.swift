package import ParleyContract
package import SpecCore

/// Accounts and sessions: register, prove an address, sign in and out.
package struct Accounts: AccountsService {
    /// How long a mailed token can be used.
    static let verificationMilliseconds: Int64 = 24 * 60 * 60 * 1_000

    private let store: any Store
    private let hasher: PasswordHasher
    private let sessions: Sessions
    private let cache: SessionCache
    /// Compared with for unknown addresses, so that they take as long as known ones.
    private let dummyHash: String

    /// - Throws: when no password can be hashed here.
    package init(store: any Store, hasher: PasswordHasher, tokens: Tokens, cache: SessionCache) async throws {
        self.store = store
        self.hasher = hasher
        self.cache = cache
        sessions = Sessions(store: store, tokens: tokens)
        dummyHash = try await hasher.hash("nobody has this password")
    }

    // MARK: Accounts

    package func register(_ input: Register.Input, _ context: Context) async throws -> Register.Output {
        let body = input.body
        let key = Accounts.key(body.email)
        guard try await store.first(UsersTable.findByEmailKey(emailKey: key)) == nil else { throw Accounts.emailTaken }
        let bytes = body.password.utf8.count
        guard bytes <= PasswordHasher.passwordBytesMax else {
            throw Problem(
                Register.Problems.passwordTooLong,
                "A password has at most \(PasswordHasher.passwordBytesMax) bytes; this one has \(bytes).")
        }
        let now = Timestamp.now()
        let user = UsersRow(
            id: .make(), email: body.email, emailKey: key, passwordHash: try await hasher.hash(body.password),
            displayName: body.displayName, about: nil, emailVerified: false, createdAt: now, updatedAt: now,
            lastSeenAt: nil, deletedAt: nil)
        try await add(user)
        return .created(User(user))
    }

    private func add(_ user: UsersRow) async throws {
        let token = SecretToken()
        let mail = VerificationMail.row(to: user, token: token.text)
        let expiry = Timestamp(milliseconds: user.createdAt.milliseconds + Self.verificationMilliseconds)
        do {
            try await store.write { transaction in
                try transaction.execute(UsersTable.insert(user))
                try transaction.execute(
                    MailTokensTable.insert(
                        MailTokensRow(
                            hash: token.hash, userId: user.id, purpose: VerificationMail.purpose, expiresAt: expiry)))
                try transaction.execute(OutboxTable.insert(mail))
            }
        } catch StoreError.constraint(.unique, _) {
            // Somebody was faster with the same address.
            throw Accounts.emailTaken
        }
    }

    package func verifyEmail(_ input: VerifyEmail.Input, _ context: Context) async throws -> VerifyEmail.Output {
        let hash = SecretToken(input.body.token).hash
        let now = Timestamp.now()
        try await store.write { transaction in
            let use = AccountsQueries.useToken(hash: hash, purpose: VerificationMail.purpose, now: now)
            guard let owner = try transaction.first(use) else {
                throw Problem(VerifyEmail.Problems.tokenInvalid, "The token is unknown, used or too old.")
            }
            try transaction.execute(AccountsQueries.verifyEmail(userId: owner.userId, now: now))
        }
        return .noContent
    }

    // MARK: Sessions

    package func login(_ input: Login.Input, _ context: Context) async throws -> Login.Output {
        let body = input.body
        let user = try await store.first(UsersTable.findByEmailKey(emailKey: Accounts.key(body.email)))
        // A longer password cannot be the right one, yet takes as long.
        let isPossible = user != nil && body.password.utf8.count <= PasswordHasher.passwordBytesMax
        let hash = isPossible ? user?.passwordHash ?? dummyHash : dummyHash
        let isCorrect = try await hasher.isCorrect(body.password, for: hash)
        guard let user, isPossible, isCorrect else {
            throw Problem(Login.Problems.invalidCredentials, "The address or the password is wrong.")
        }
        if hasher.isOutdated(user.passwordHash) {
            let fresh = try await hasher.hash(body.password)
            _ = try await store.write { try $0.execute(AccountsQueries.rehash(userId: user.id, passwordHash: fresh)) }
        }
        return .ok(try await sessions.begin(for: user, deviceName: body.deviceName.value, address: context.address))
    }

    package func refresh(_ input: Refresh.Input, _ context: Context) async throws -> Refresh.Output {
        let outcome = try await sessions.refresh(input.body.refreshToken)
        switch outcome {
        case .session(let session): return .ok(session)
        case .reused(let session):
            cache.forget(session: session)
            throw Problem(Refresh.Problems.tokenReused, "The token was used before; the session has ended.")
        case .expired: throw Problem(.tokenExpired, "The session has expired; sign in again.")
        case .unknown: throw Problem(.unauthenticated, "The refresh token is not one of a living session.")
        }
    }

    package func logout(_ input: Logout.Input, _ context: Context) async throws -> Logout.Output {
        let caller = try context.signedIn()
        let now = Timestamp.now()
        _ = try await store.write { try $0.execute(AccountsQueries.endSession(sessionId: caller.session, now: now)) }
        cache.forget(session: caller.session)
        return .noContent
    }

    /// Addresses are compared without case.
    static func key(_ email: String) -> String { email.lowercased() }

    private static var emailTaken: Problem {
        Problem(Register.Problems.emailTaken, "This address has an account.")
    }
}
