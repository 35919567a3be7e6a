import ParleyContract
import SpecCore

/// Verifies the second factor of a pending login.
struct SecondFactorLogin: Sendable {
    enum Outcome: Sendable {
        case begun(SessionIssuer.NewSession, UsersRow)
        /// Rejected, with the detail of the problem; a wrong code has been counted.
        case refused(String)
    }

    private let token: SecretToken
    private let code: String
    private let address: String
    private let time: Timestamp
    private let secondFactor: SecondFactor

    init(token: SecretToken, code: String, address: String, at time: Timestamp, secondFactor: SecondFactor) {
        self.secondFactor = secondFactor
        self.token = token
        self.code = code
        self.address = address
        self.time = time
    }

    func run(in transaction: any Transaction, issuer: SessionIssuer) throws -> Outcome {
        guard let (challenge, user) = try open(in: transaction) else {
            return .refused("The challenge is unknown, used or expired; sign in again.")
        }
        // Checked here too: challenges made before the wrong codes must not allow more of them.
        try SecondFactor.admit(user.id, in: transaction, at: time)
        guard try secondFactor.redeem(code, by: user, in: transaction, at: time) else {
            return .refused(try countFailure(challenge, of: user, in: transaction))
        }
        try transaction.execute(ChallengesTable.delete(hash: challenge.hash))
        let begun = try issuer.begin(
            for: user.id, deviceName: challenge.deviceName, address: address, in: transaction, at: time)
        return .begun(begun, user)
    }

    /// Returns the challenge if it is valid and has attempts left, and locks its account to serialise attempts.
    private func open(in transaction: any Transaction) throws -> (ChallengesRow, UsersRow)? {
        guard let seen = try transaction.first(ChallengesTable.find(hash: token.hash)),
            let user = try transaction.first(UsersTable.find(id: seen.userId)),
            try transaction.execute(hold(user)) == 1,
            // Read again: another request may have used it before the account was locked.
            let challenge = try transaction.first(ChallengesTable.find(hash: token.hash)),
            challenge.failures < SecondFactor.failuresMax, challenge.expiresAt > time
        else { return nil }
        return (challenge, user)
    }

    private func hold(_ user: UsersRow) -> Query<Void> {
        AccountsQueries.replaceHash(userId: user.id, checkedHash: user.passwordHash, passwordHash: user.passwordHash)
    }

    /// Counts a wrong code. A challenge without attempts stays until it expires, so that it counts against the account.
    private func countFailure(
        _ challenge: ChallengesRow, of user: UsersRow, in transaction: any Transaction
    ) throws -> String {
        let failures = try SecondFactor.countFailure(
            hash: challenge.hash, of: user, until: challenge.expiresAt, in: transaction, at: time)
        let left = SecondFactor.failuresMax - failures
        if left <= 0 { return "The code is wrong and no tries are left; sign in again." }
        return "The code is wrong or was used before; \(left) \(left == 1 ? "try is" : "tries are") left."
    }
}
