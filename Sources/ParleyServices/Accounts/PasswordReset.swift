import ParleyContract
import SpecCore

/// A password reset by a mailed token; if the second factor is on, with a code as well.
///
/// The token verifies the address. Until then the account may be of somebody who registered another person's address,
/// so nothing that was set up before is asked for.
struct PasswordReset: Sendable {
    enum Outcome: Sendable {
        case done
        /// A rejection whose transaction is committed, because a wrong code was counted.
        case refused(Problem)
    }

    private let token: SecretToken
    private let code: String?
    private let time: Timestamp
    private let secondFactor: SecondFactor
    /// Hash of the new password.
    var passwordHash = ""

    init(token: SecretToken, code: String?, at time: Timestamp, secondFactor: SecondFactor) {
        self.secondFactor = secondFactor
        self.token = token
        self.code = code
        self.time = time
    }

    /// Query for the owner of the token.
    var owner: Query<AccountsQueries.TokenOwnerRow> {
        AccountsQueries.tokenOwner(hash: token.hash, purpose: .resetPassword, now: time)
    }

    func run(in transaction: any Transaction) throws -> Outcome {
        guard let owner = try transaction.first(owner),
            // Locks the row first, so that attempts with one token run one after the other.
            let user = try AccountLock.user(owner.userId, in: transaction)
        else { return .refused(Self.tokenInvalid) }
        if user.emailVerified, let problem = try secondFactorProblem(of: user, in: transaction) {
            return .refused(problem)
        }
        guard try transaction.first(use) != nil else { throw Self.tokenInvalid }
        try transaction.execute(replaceHash(of: user, by: passwordHash))
        if !user.emailVerified { for query in verification(of: user) { try transaction.execute(query) } }
        try Passwords.afterChange(
            of: user, ending: .all(of: user.id), MailTemplate.passwordReset, in: transaction, at: time)
        return .done
    }

    /// Verifies the address and removes the factors that were enrolled before.
    private func verification(of user: UsersRow) -> [Query<Void>] {
        [
            AccountsQueries.verifyEmail(userId: user.id, now: time),
            AccountsQueries.forgetTokens(userId: user.id, purpose: .verifyEmail),
            TwoFactorsTable.delete(userId: user.id),
            TwoFactorQueries.forgetRecoveryCodes(userId: user.id),
        ]
    }

    private func replaceHash(of user: UsersRow, by hash: String) -> Query<Void> {
        AccountsQueries.replaceHash(userId: user.id, checkedHash: user.passwordHash, passwordHash: hash)
    }

    private var use: Query<AccountsQueries.UseTokenRow> {
        AccountsQueries.useToken(hash: token.hash, purpose: .resetPassword, now: time)
    }

    /// Returns the rejection of the second factor, or nil if it is off or its code was redeemed.
    private func secondFactorProblem(of user: UsersRow, in transaction: any Transaction) throws -> Problem? {
        guard try SecondFactor.isOn(for: user.id, in: transaction) else { return nil }
        guard let code else {
            return Problem(.codeRequired)
        }
        if try secondFactor.redeem(code, by: user, in: transaction, at: time) { return nil }
        try countFailure(of: user, in: transaction)
        return Problem(.codeInvalid422)
    }

    /// Counts a wrong code. The fifth one removes the token.
    private func countFailure(of user: UsersRow, in transaction: any Transaction) throws {
        let failures = try SecondFactor.countFailure(
            hash: token.failuresHash, of: user, until: TokenPurpose.resetPassword.expiry(from: time), in: transaction,
            at: time)
        if failures >= SecondFactor.failuresMax { _ = try transaction.first(use) }
    }

    static var tokenInvalid: Problem {
        Problem(.tokenInvalid)
    }
}
