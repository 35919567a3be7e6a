import ParleyContract
import SpecCore

/// The second factor of accounts: codes of an authenticator, or recovery codes, each good once.
package struct SecondFactor: Sendable {
    /// How long a login may owe it.
    static let challengeSeconds: Int64 = 300
    /// With how many wrong codes a challenge, or a token to reset a password, is over.
    static let failuresMax = Int64(limit("second-factor").burst)
    /// How many wrong codes an account takes within the life of a challenge, whatever the number of its challenges.
    private static let failuresPerAccountMax = Int64(limit("second-factor-account").burst)

    /// A limit that the spec declares. It is counted in the store: it holds for all nodes, and across restarts.
    private static func limit(_ name: String) -> RateLimit {
        guard let limit = LoginTwoFactor.operation.limits.first(where: { $0.name == name }) else {
            preconditionFailure("the spec declares the limit \(name)")
        }
        return limit
    }

    let secrets: FactorSecrets

    package init(keys: ServerKeys) {
        secrets = FactorSecrets(keys: keys)
    }

    static func isOn(for user: Identifier, in transaction: any Transaction) throws -> Bool {
        try transaction.first(TwoFactorsTable.find(userId: user))?.confirmedAt != nil
    }

    /// Uses a code up; a recovery code is told of by mail.
    /// - Returns: whether the code was right and unused.
    func pay(
        _ code: String, by user: UsersRow, in transaction: any Transaction, at now: Timestamp
    ) throws -> Bool {
        let code = TypedCode(code)
        return try payByStep(code, user.id, transaction, now) || Self.payByRecovery(code, user, transaction, now)
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
        try transaction.execute(Letter.recoveryCodeUsed(left: left).query(to: user, at: now))
        return true
    }

    // MARK: Wrong codes

    /// Counts a wrong code; the owner hears of the one that was the last.
    /// - Returns: how many there were under that hash.
    static func countFailure(
        hash: [UInt8], of user: UsersRow, until expiry: Timestamp, in transaction: any Transaction, at now: Timestamp
    ) throws -> Int64 {
        let count = TwoFactorQueries.countFailure(hash: hash, userId: user.id, expiresAt: expiry)
        let failures = try transaction.first(count)?.failures ?? failuresMax
        if failures == failuresMax { try transaction.execute(Letter.secondFactorFailed.query(to: user, at: now)) }
        return failures
    }

    /// Lets a login begin to pay. Whoever has the password could else guess codes with ever new challenges.
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

/// A code as people type it, without what does not matter.
struct TypedCode: Sendable {
    let text: String

    init(_ typed: String) {
        text = typed.lowercased().filter { $0 != " " && $0 != "-" }
    }
}
