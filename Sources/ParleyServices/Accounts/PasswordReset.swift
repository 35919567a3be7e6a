import ParleyContract
import SpecCore

/// One try to set a password by a mailed token; where the second factor is on, by its code too.
struct PasswordReset: Sendable {
    enum Outcome: Sendable {
        /// The sessions that ended, to be announced.
        case done([Identifier])
        /// A refusal that leaves its trace, such as a wrong code that was counted.
        case refused(Problem)
    }

    private let token: SecretToken
    private let code: String?
    private let time: Timestamp
    private let secondFactor: SecondFactor
    /// The hash of the password to set.
    var passwordHash = ""

    init(token: SecretToken, code: String?, at time: Timestamp, secondFactor: SecondFactor) {
        self.secondFactor = secondFactor
        self.token = token
        self.code = code
        self.time = time
    }

    /// Whose token it is.
    var owner: Query<AccountsQueries.TokenOwnerRow> {
        AccountsQueries.tokenOwner(hash: token.hash, purpose: TokenPurpose.resetPassword.rawValue, now: time)
    }

    func run(in transaction: any Transaction) throws -> Outcome {
        guard let owner = try transaction.first(owner),
            let user = try transaction.first(UsersTable.find(id: owner.userId)),
            // Held first, so that tries with one token wait for each other.
            try transaction.execute(replaceHash(of: user, by: user.passwordHash)) == 1
        else { return .refused(Self.tokenInvalid) }
        if let refusal = try secondFactorRefusal(of: user, in: transaction) { return .refused(refusal) }
        guard try transaction.first(use) != nil else { throw Self.tokenInvalid }
        try transaction.execute(replaceHash(of: user, by: passwordHash))
        return .done(
            try Passwords.afterChange(
                of: user, ending: .all(of: user.id), Letter.passwordReset, in: transaction, at: time))
    }

    private func replaceHash(of user: UsersRow, by hash: String) -> Query<Void> {
        AccountsQueries.replaceHash(userId: user.id, checkedHash: user.passwordHash, passwordHash: hash)
    }

    private var use: Query<AccountsQueries.UseTokenRow> {
        AccountsQueries.useToken(hash: token.hash, purpose: TokenPurpose.resetPassword.rawValue, now: time)
    }

    /// nil when the second factor is off, or paid.
    private func secondFactorRefusal(of user: UsersRow, in transaction: any Transaction) throws -> Problem? {
        guard try SecondFactor.isOn(for: user.id, in: transaction) else { return nil }
        guard let code else {
            return Problem(ResetPassword.Problems.codeRequired, "The second factor is on; send its code too.")
        }
        if try secondFactor.pay(code, by: user, in: transaction, at: time) { return nil }
        try countFailure(of: user, in: transaction)
        return Problem(ResetPassword.Problems.codeInvalid, "The code is wrong or was used before.")
    }

    /// The fifth wrong code takes the token with it.
    private func countFailure(of user: UsersRow, in transaction: any Transaction) throws {
        let failures = try SecondFactor.countFailure(
            hash: token.failuresHash, of: user, until: TokenPurpose.resetPassword.expiry(from: time), in: transaction,
            at: time)
        if failures >= SecondFactor.failuresMax { _ = try transaction.first(use) }
    }

    static var tokenInvalid: Problem {
        Problem(ResetPassword.Problems.tokenInvalid, "The token is unknown, used or too old.")
    }
}
