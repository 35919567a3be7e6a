import ParleyContract
import SpecCore

/// Second factor of accounts: codes of an authenticator, or recovery codes, each valid once.
package struct SecondFactor: Sendable {
    /// Lifetime of a login's challenge in seconds.
    static let challengeSeconds: Int64 = 300
    /// Number of wrong codes after which a challenge, or a password reset token, is invalid.
    static let failuresMax = Int64(LoginTwoFactor.Limits.secondFactor.burst)
    /// Maximum number of wrong codes per account within the lifetime of a challenge, over all its challenges.
    /// They are counted in the store, so they hold for all nodes and across restarts.
    private static let failuresPerAccountMax = Int64(LoginTwoFactor.Limits.secondFactorAccount.burst)

    let secrets: FactorSecrets

    package init(_ keys: SealingKeys) {
        secrets = FactorSecrets(keys)
    }

    static func isOn(for user: Identifier, in transaction: any Transaction) throws -> Bool {
        try transaction.first(TwoFactorsTable.find(userId: user))?.confirmedAt != nil
    }

    /// Redeems a code; the owner is notified by mail of a used recovery code.
    ///
    /// - Returns: true if the code is correct and was unused.
    func redeem(
        _ code: String, by user: UsersRow, in transaction: any Transaction, at now: Timestamp
    ) throws -> Bool {
        let code = TypedCode(code)
        return try payByStep(code, user.id, transaction, now) || Self.payByRecovery(code, user, transaction, now)
    }

    /// Redeems a code if the second factor is on.
    ///
    /// - Throws: ``Problem`` `code-required` or `code-invalid`.
    func require(
        _ code: String?, of user: UsersRow, in transaction: any Transaction, at now: Timestamp
    ) throws {
        guard try Self.isOn(for: user.id, in: transaction) else { return }
        guard let code else { throw Problem(.codeRequired) }
        guard try redeem(code, by: user, in: transaction, at: now) else { throw Problem(.codeInvalid422) }
    }

    private func payByStep(
        _ code: TypedCode, _ user: Identifier, _ transaction: any Transaction, _ now: Timestamp
    ) throws -> Bool {
        guard let factor = try transaction.first(TwoFactorsTable.find(userId: user)), factor.confirmedAt != nil,
            let secret = secrets.open(factor.secret, of: user),
            let step = TOTP.step(of: code.text, secret: secret, at: now)
        else { return false }
        try secrets.refresh(factor, in: transaction)
        return try transaction.execute(TwoFactorQueries.useStep(userId: user, step: step)) == 1
    }

    private static func payByRecovery(
        _ code: TypedCode, _ user: UsersRow, _ transaction: any Transaction, _ now: Timestamp
    ) throws -> Bool {
        let hash = RecoveryCode.hash(code.text, of: user.id)
        guard try transaction.execute(RecoveryCodesTable.delete(userId: user.id, hash: hash)) == 1 else { return false }
        let left = try transaction.first(TwoFactorQueries.countRecoveryCodes(userId: user.id))?.leftOver ?? 0
        try transaction.execute(MailTemplate.recoveryCodeUsed(left: left).query(to: user, at: now))
        return true
    }

    // MARK: Wrong codes

    /// Counts a wrong code; the owner is notified by mail of the last one allowed.
    ///
    /// - Returns: the number of wrong codes under that hash.
    static func countFailure(
        hash: [UInt8], of user: UsersRow, until expiry: Timestamp, in transaction: any Transaction, at now: Timestamp
    ) throws -> Int64 {
        let count = TwoFactorQueries.countFailure(hash: hash, userId: user.id, expiresAt: expiry)
        let failures = try transaction.first(count)?.failures ?? failuresMax
        if failures == failuresMax { try transaction.execute(MailTemplate.secondFactorFailed.query(to: user, at: now)) }
        return failures
    }

    /// Checks the account's limit of wrong codes. Without it, the password would allow guessing with new challenges.
    ///
    /// - Throws: ``Problem`` `rate-limited`.
    static func admit(_ user: Identifier, in transaction: any Transaction, at now: Timestamp) throws {
        let found = try transaction.first(TwoFactorQueries.countFailures(userId: user, now: now))
        guard let found, found.failures >= failuresPerAccountMax, let end = found.firstExpiresAt else { return }
        let seconds = max(1, Int((end.milliseconds - now.milliseconds + 999) / 1_000))
        throw Problem(
            .rateLimited, "Too many wrong codes for this account; try again in \(seconds) s.",
            retryAfterSeconds: seconds)
    }
}

/// A code as typed by a user, normalised: without spaces and dashes.
struct TypedCode: Sendable {
    let text: String

    init(_ typed: String) {
        text = typed.lowercased().filter { $0 != " " && $0 != "-" }
    }
}
