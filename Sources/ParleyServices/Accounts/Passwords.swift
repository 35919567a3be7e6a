package import ParleyContract
package import SpecCore

/// Password reset by a mailed token and password change.
package struct Passwords: PasswordsService {
    private let store: any Store
    private let hasher: PasswordHasher
    private let passwords: PasswordCheck
    private let secondFactor: SecondFactor
    private let issuer: SessionIssuer
    private let mails: TokenMailer
    private let now: @Sendable () -> Timestamp

    package init(
        store: any Store, hasher: PasswordHasher, passwords: PasswordCheck, secondFactor: SecondFactor,
        issuer: SessionIssuer, seals: MailSeals, now: @escaping @Sendable () -> Timestamp
    ) {
        self.store = store
        self.hasher = hasher
        self.passwords = passwords
        self.secondFactor = secondFactor
        self.issuer = issuer
        self.now = now
        mails = TokenMailer(store: store, seals: seals, now: now)
    }

    package func forgotPassword(
        _ input: ForgotPassword.Input, _ context: Context
    ) async throws -> ForgotPassword.Output {
        // Unverified addresses too: if somebody registered another person's address, that person takes it back so.
        try await mails.answer(.resetPassword, address: input.body.email) { _ in true }
        return .accepted
    }

    package func resetPassword(_ input: ResetPassword.Input, _ context: Context) async throws -> ResetPassword.Output {
        let body = input.body
        let time = now()
        let password = try PasswordRules.accepted(body.password)
        var reset = PasswordReset(
            token: SecretToken(body.token), code: body.code.value, at: time, secondFactor: secondFactor)
        // A password is hashed only for a valid token, because hashing is expensive.
        guard let owner = try await store.first(reset.owner),
            let user = try await store.first(UsersTable.find(id: owner.userId))
        else { throw PasswordReset.tokenInvalid }
        try PasswordRules.checkOwnWords(in: password, email: user.email, name: user.displayName)
        reset.passwordHash = try await hasher.hash(
            password, for: HashOrigin(context, account: owner.userId.description))
        let change = reset
        switch try await store.write({ try change.run(in: $0) }) {
        case .done: return .noContent
        case .refused(let problem): throw problem
        }
    }

    package func changePassword(
        _ input: ChangePassword.Input, _ context: Context
    ) async throws -> ChangePassword.Output {
        let caller = try context.signedIn()
        let password = try PasswordRules.accepted(input.body.newPassword)
        let user = try await passwords.user(context, password: input.body.currentPassword)
        try PasswordRules.checkOwnWords(in: password, email: user.email, name: user.displayName)
        guard password != input.body.currentPassword else {
            throw Problem(.passwordCommon, "This is the current password; choose another.")
        }
        let fresh = try await hasher.hash(password, for: HashOrigin(context, account: user.id.description))
        let (code, time) = (input.body.code.value, now())
        let (me, token) = try await store.write { transaction in
            try secondFactor.require(code, of: user, in: transaction, at: time)
            return try replaceHash(of: user, by: fresh, sparing: caller.session, in: transaction, at: time)
        }
        let session = try await issuer.session(caller.session, of: me, refreshToken: token, at: time)
        return .ok(session)
    }

    /// Changes the password, ends the other sessions and renews the current one.
    /// - Returns: the user and the refresh token of the current session.
    private func replaceHash(
        of user: UsersRow, by hash: String, sparing session: Identifier, in transaction: any Transaction,
        at time: Timestamp
    ) throws -> (User, String) {
        let replace = AccountsQueries.replaceHash(userId: user.id, checkedHash: user.passwordHash, passwordHash: hash)
        guard try transaction.execute(replace) == 1 else { throw PasswordCheck.wrong }
        try Self.afterChange(
            of: user, ending: .others(of: user.id, than: session), MailTemplate.passwordChanged, in: transaction,
            at: time)
        let token = try issuer.renew(session, in: transaction, at: time)
        guard let me = try transaction.first(AccountsQueries.me(userId: user.id)) else { throw AccountGone.problem }
        return (User(me), token)
    }

    /// Ends everything that the old password gave access to. Runs after each password change.
    static func afterChange(
        of user: UsersRow, ending scope: Revocations.Scope, _ template: MailTemplate, in transaction: any Transaction,
        at time: Timestamp
    ) throws {
        try Revocations.end(scope, in: transaction, at: time)
        let purpose = TokenPurpose.resetPassword
        try transaction.execute(AccountsQueries.forgetTokens(userId: user.id, purpose: purpose))
        try transaction.execute(TwoFactorQueries.forgetChallenges(userId: user.id))
        try transaction.execute(template.query(to: user, at: time))
    }
}
