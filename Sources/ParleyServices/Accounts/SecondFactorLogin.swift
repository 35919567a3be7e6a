import ParleyContract
import SpecCore

/// One try to pay the second factor that a login owes.
struct SecondFactorLogin: Sendable {
    enum Outcome: Sendable {
        case begun(SessionIssuer.Begun, UsersRow)
        /// In words; a wrong code has been counted.
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
            return .refused("This challenge is unknown, used up or too old; sign in again.")
        }
        // Here too: challenges that were made before the wrong codes came give no more of them.
        try SecondFactor.admit(user.id, in: transaction, at: time)
        guard try secondFactor.pay(code, by: user, in: transaction, at: time) else {
            return .refused(try countFailure(challenge, of: user, in: transaction))
        }
        try transaction.execute(ChallengesTable.delete(hash: challenge.hash))
        let begun = try issuer.begin(
            for: user.id, deviceName: challenge.deviceName, address: address, in: transaction, at: time)
        return .begun(begun, user)
    }

    /// The challenge, if it lives and has a try left, with its account held: tries at the same time wait for each other.
    private func open(in transaction: any Transaction) throws -> (ChallengesRow, UsersRow)? {
        guard let seen = try transaction.first(ChallengesTable.find(hash: token.hash)),
            let user = try transaction.first(UsersTable.find(id: seen.userId)),
            try transaction.execute(hold(user)) == 1,
            // Read again: before the account was held, somebody else may have used it.
            let challenge = try transaction.first(ChallengesTable.find(hash: token.hash)),
            challenge.failures < SecondFactor.failuresMax, challenge.expiresAt > time
        else { return nil }
        return (challenge, user)
    }

    private func hold(_ user: UsersRow) -> Query<Void> {
        AccountsQueries.replaceHash(userId: user.id, checkedHash: user.passwordHash, passwordHash: user.passwordHash)
    }

    /// A challenge without tries stays until it is too old, so that it counts against the account.
    private func countFailure(
        _ challenge: ChallengesRow, of user: UsersRow, in transaction: any Transaction
    ) throws -> String {
        let failures = try SecondFactor.countFailure(
            hash: challenge.hash, of: user, until: challenge.expiresAt, in: transaction, at: time)
        let left = SecondFactor.failuresMax - failures
        if left <= 0 { return "The code is wrong, and it was the last try; sign in again." }
        return "The code is wrong or was used before; \(left) \(left == 1 ? "try is" : "tries are") left."
    }
}
