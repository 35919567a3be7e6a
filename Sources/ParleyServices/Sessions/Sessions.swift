package import ParleyContract
package import SpecCore

/// Login, refresh and logout, and the list of signed-in devices.
package struct Sessions: SessionsService {
    private let store: any Store
    private let passwords: PasswordCheck
    private let secondFactor: SecondFactor
    private let issuer: SessionIssuer
    private let now: @Sendable () -> Timestamp

    package init(
        store: any Store, passwords: PasswordCheck, secondFactor: SecondFactor, issuer: SessionIssuer,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.store = store
        self.passwords = passwords
        self.secondFactor = secondFactor
        self.issuer = issuer
        self.now = now
    }

    // MARK: Sign in

    package func login(_ input: Login.Input, _ context: Context) async throws -> Login.Output {
        let body = input.body
        guard let match = try await passwords.match(address: body.email, password: body.password, context) else {
            throw Sessions.invalidCredentials
        }
        let user = match.user
        let hash = try await passwords.hash(of: match, password: body.password, context)
        let login = PasswordLogin(
            user: user, hash: hash, deviceName: body.deviceName.value.map(UserName.trimmed), address: context.address,
            at: now())
        switch try await store.write({ try login.run(in: $0, issuer: issuer) }) {
        case .begun(let begun): return .ok(try await session(begun, of: user), viewer: user.id)
        case .challenge(let challenge): return .accepted(challenge)
        case .changed: throw Sessions.invalidCredentials
        }
    }

    package func loginTwoFactor(
        _ input: LoginTwoFactor.Input, _ context: Context
    ) async throws -> LoginTwoFactor.Output {
        let login = SecondFactorLogin(
            token: SecretToken(input.body.challengeToken), code: input.body.code, address: context.address, at: now(),
            secondFactor: secondFactor)
        switch try await store.write({ try login.run(in: $0, issuer: issuer) }) {
        case .begun(let begun, let user): return .ok(try await session(begun, of: user), viewer: user.id)
        case .refused(let reason): throw Problem(.codeInvalid401, reason)
        }
    }

    private func session(_ begun: SessionIssuer.NewSession, of user: UsersRow) async throws -> Session {
        guard let row = try await store.first(AccountsQueries.me(userId: user.id)) else { throw AccountGone.problem }
        return try await issuer.session(begun.id, of: User(row), refreshToken: begun.refreshToken, at: now())
    }

    private static var invalidCredentials: Problem {
        Problem(.invalidCredentials)
    }

    // MARK: Refresh, sign out

    package func refresh(_ input: Refresh.Input, _ context: Context) async throws -> Refresh.Output {
        guard let parts = issuer.parts(of: input.body.refreshToken) else { throw Sessions.unknownToken }
        let time = now()
        switch try await store.write({ try issuer.refresh(parts, in: $0, at: time) }) {
        case .successor(let user, let token):
            let session = try await issuer.session(parts.session, of: user, refreshToken: token, at: time)
            return .ok(session, viewer: user.id)
        case .reused: throw Problem(.tokenReused)
        case .expired: throw Problem(.tokenExpired, "The session has expired; sign in again.")
        case .unknown: throw Sessions.unknownToken
        }
    }

    private static var unknownToken: Problem {
        Problem(.unauthenticated, "The refresh token does not belong to an active session.")
    }

    package func logout(_ input: Logout.Input, _ context: Context) async throws -> Logout.Output {
        let caller = try context.signedIn()
        _ = try await end(caller.session, of: caller.subject)
        return .noContent
    }

    private func end(_ session: Identifier, of user: Identifier) async throws -> [Identifier] {
        let time = now()
        return try await store.write { try Revocations.end(.one(session, of: user), in: $0, at: time) }
    }

    // MARK: Devices

    package func listSessions(_ input: ListSessions.Input, _ context: Context) async throws -> ListSessions.Output {
        let caller = try context.signedIn()
        let time = now()
        let living = SessionsQueries.livingSessions(
            userId: caller.subject, usedAfter: SessionExpiry.usedAfter(time), madeAfter: SessionExpiry.madeAfter(time),
            limit: SessionIssuer.perUserMax)
        let devices = try await store.all(living).map { Device($0, current: $0.id == caller.session) }
        return .ok(DeviceList(items: devices, nextCursor: nil))
    }

    package func endSession(_ input: EndSession.Input, _ context: Context) async throws -> EndSession.Output {
        let caller = try context.signedIn()
        guard try await end(input.sessionId, of: caller.subject) != [] else {
            throw Problem(.notFound, "There is no such session.")
        }
        return .noContent
    }
}

extension Device {
    /// The device of a session.
    init(_ row: SessionsRow, current: Bool) {
        self.init(
            id: row.id, name: row.deviceName, addressPrefix: row.addressPrefix, createdAt: row.createdAt,
            lastUsedAt: row.lastUsedAt, current: current)
    }
}
