package import ParleyContract
package import SpecCore

/// Enables and disables the second factor.
package struct TwoFactor: TwoFactorService {
    private let store: any Store
    private let passwords: PasswordCheck
    private let secondFactor: SecondFactor
    private let now: @Sendable () -> Timestamp

    package init(
        store: any Store, passwords: PasswordCheck, secondFactor: SecondFactor,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.secondFactor = secondFactor
        self.store = store
        self.passwords = passwords
        self.now = now
    }

    package func startTwoFactor(
        _ input: StartTwoFactor.Input, _ context: Context
    ) async throws -> StartTwoFactor.Output {
        let user = try await passwords.user(context, password: input.body.password)
        // Else the factor of somebody who registered another person's address would keep that person out.
        guard user.emailVerified else { throw Problem(.emailUnverified) }
        let secret = TOTP.makeSecret()
        let sealed = try secondFactor.secrets.seal(secret, of: user.id)
        let start = TwoFactorQueries.start(userId: user.id, secret: sealed)
        guard try await store.write({ try $0.execute(start) }) == 1 else {
            throw Problem(.twoFactorEnabled)
        }
        return .created(
            TwoFactorSecret(secret: Base32.encode(secret), otpauthUri: TOTP.uri(secret: secret, account: user.email)))
    }

    package func confirmTwoFactor(
        _ input: ConfirmTwoFactor.Input, _ context: Context
    ) async throws -> ConfirmTwoFactor.Output {
        let caller = try context.signedIn()
        let (code, time) = (TypedCode(input.body.code), now())
        let codes = (0..<RecoveryCode.count).map { _ in RecoveryCode.make() }
        try await store.write { transaction in
            let user = try confirm(code, of: caller.subject, in: transaction, at: time)
            try transaction.execute(TwoFactorQueries.forgetRecoveryCodes(userId: user.id))
            for code in codes {
                let row = RecoveryCodesRow(
                    userId: user.id, hash: RecoveryCode.hash(TypedCode(code).text, of: user.id))
                try transaction.execute(RecoveryCodesTable.insert(row))
            }
            try transaction.execute(MailTemplate.twoFactorEnabled.query(to: user, at: time))
        }
        return .ok(RecoveryCodes(recoveryCodes: codes))
    }

    private func confirm(
        _ code: TypedCode, of user: Identifier, in transaction: any Transaction, at now: Timestamp
    ) throws -> UsersRow {
        guard let factor = try transaction.first(TwoFactorsTable.find(userId: user)), factor.confirmedAt == nil,
            let row = try transaction.first(UsersTable.find(id: user)), row.emailVerified
        else {
            throw Problem(.twoFactorNotStarted)
        }
        guard let secret = secondFactor.secrets.open(factor.secret, of: user),
            let step = TOTP.step(of: code.text, secret: secret, at: now),
            try transaction.execute(
                TwoFactorQueries.confirm(userId: user, secret: factor.secret, step: step, now: now)) == 1
        else { throw Self.codeInvalid }
        return row
    }

    package func disableTwoFactor(
        _ input: DisableTwoFactor.Input, _ context: Context
    ) async throws -> DisableTwoFactor.Output {
        let user = try await passwords.user(context, password: input.body.password)
        let (code, time) = (input.body.code, now())
        try await store.write { transaction in
            guard try SecondFactor.isOn(for: user.id, in: transaction) else {
                throw Problem(.twoFactorNotEnabled)
            }
            guard try secondFactor.redeem(code, by: user, in: transaction, at: time) else { throw Self.codeInvalid }
            try transaction.execute(TwoFactorsTable.delete(userId: user.id))
            try transaction.execute(TwoFactorQueries.forgetRecoveryCodes(userId: user.id))
            try transaction.execute(TwoFactorQueries.forgetChallenges(userId: user.id))
            try transaction.execute(MailTemplate.twoFactorDisabled.query(to: user, at: time))
        }
        return .noContent
    }

    private static var codeInvalid: Problem {
        Problem(.codeInvalid422)
    }
}
