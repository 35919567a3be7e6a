import ParleyContract
import SpecCore

/// Login after a successful password check: creates a session, or a challenge for the second factor.
struct PasswordLogin: Sendable {
    enum Outcome: Sendable {
        case begun(SessionIssuer.NewSession)
        case challenge(TwoFactorChallenge)
        /// The password changed, or the account was deleted, since the check.
        case changed
    }

    private let user: UsersRow
    private let hash: String
    private let deviceName: String?
    private let address: String
    private let time: Timestamp

    /// - Parameter hash: the hash to store for the password that was checked.
    init(user: UsersRow, hash: String, deviceName: String?, address: String, at time: Timestamp) {
        self.user = user
        self.hash = hash
        self.deviceName = deviceName
        self.address = address
        self.time = time
    }

    /// Creates the session or the challenge.
    ///
    /// - Throws: ``Problem`` `rate-limited` after too many wrong codes of the second factor.
    func run(in transaction: any Transaction, issuer: SessionIssuer) throws -> Outcome {
        let hold = AccountsQueries.replaceHash(userId: user.id, checkedHash: user.passwordHash, passwordHash: hash)
        guard try transaction.execute(hold) == 1 else { return .changed }
        if try SecondFactor.isOn(for: user.id, in: transaction) { return .challenge(try challenge(in: transaction)) }
        return .begun(
            try issuer.begin(for: user.id, deviceName: deviceName, address: address, in: transaction, at: time))
    }

    private func challenge(in transaction: any Transaction) throws -> TwoFactorChallenge {
        try SecondFactor.admit(user.id, in: transaction, at: time)
        let token = SecretToken()
        let row = ChallengesRow(
            hash: token.hash, userId: user.id, deviceName: deviceName, failures: 0,
            expiresAt: time.adding(seconds: SecondFactor.challengeSeconds))
        try transaction.execute(ChallengesTable.insert(row))
        return TwoFactorChallenge(
            challengeToken: token.text, expiresIn: Int32(SecondFactor.challengeSeconds),
            methods: [.totp, .recoveryCode])
    }
}
