package import ParleyContract
package import SpecCore

/// Passwords: reset by a mailed token, changed by who knows them.
package struct Passwords: PasswordsService {
    private let store: any Store
    private let hasher: PasswordHasher
    private let passwords: PasswordCheck
    private let secondFactor: SecondFactor
    private let revocations: Revocations
    private let mails: TokenMails
    private let now: @Sendable () -> Timestamp

    package init(
        store: any Store, hasher: PasswordHasher, passwords: PasswordCheck, secondFactor: SecondFactor,
        revocations: Revocations, now: @escaping @Sendable () -> Timestamp
    ) {
        self.store = store
        self.hasher = hasher
        self.passwords = passwords
        self.secondFactor = secondFactor
        self.revocations = revocations
        self.now = now
        mails = TokenMails(store: store, now: now)
    }

    package func forgotPassword(
        _ input: ForgotPassword.Input, _ context: Context
    ) async throws -> ForgotPassword.Output {
        // Whoever registered with a foreign address must not get the account's password mailed there.
        try await mails.answer(.resetPassword, address: input.body.email, where: \.emailVerified)
        return .accepted
    }

    package func resetPassword(_ input: ResetPassword.Input, _ context: Context) async throws -> ResetPassword.Output {
        let body = input.body
        let time = now()
        try PasswordRules.check(body.password)
        var reset = PasswordReset(
            token: SecretToken(body.token), code: body.code.value, at: time, secondFactor: secondFactor)
        // Only a living token is worth a hash.
        guard try await store.first(reset.owner) != nil else { throw PasswordReset.tokenInvalid }
        reset.passwordHash = try await hasher.hash(body.password)
        let change = reset
        switch try await store.write({ try change.run(in: $0) }) {
        case .done(let ended): revocations.announce(ended)
        case .refused(let problem): throw problem
        }
        return .noContent
    }

    package func changePassword(
        _ input: ChangePassword.Input, _ context: Context
    ) async throws -> ChangePassword.Output {
        let caller = try context.signedIn()
        try PasswordRules.check(input.body.newPassword)
        let user = try await passwords.user(caller, password: input.body.currentPassword)
        let fresh = try await hasher.hash(input.body.newPassword)
        let time = now()
        let ended = try await store.write { transaction in
            let replace = AccountsQueries.replaceHash(
                userId: user.id, checkedHash: user.passwordHash, passwordHash: fresh)
            guard try transaction.execute(replace) == 1 else { throw PasswordCheck.wrong }
            return try Self.afterChange(
                of: user, ending: .others(of: user.id, than: caller.session), Letter.passwordChanged, in: transaction,
                at: time)
        }
        revocations.announce(ended)
        return .noContent
    }

    /// What holds for every new password: nothing that the old one opened stays open.
    static func afterChange(
        of user: UsersRow, ending scope: Revocations.Scope, _ letter: Letter, in transaction: any Transaction,
        at time: Timestamp
    ) throws -> [Identifier] {
        let ended = try Revocations.end(scope, in: transaction, at: time)
        let purpose = TokenPurpose.resetPassword.rawValue
        try transaction.execute(AccountsQueries.forgetTokens(userId: user.id, purpose: purpose))
        try transaction.execute(TwoFactorQueries.forgetChallenges(userId: user.id))
        try transaction.execute(letter.query(to: user, at: time))
        return ended
    }
}
