import ParleyContract
import SpecCore

/// The change that a login makes once its password was found right: a session, or a challenge for the second factor.
struct PasswordLogin: Sendable {
    enum Outcome: Sendable {
        case begun(SessionIssuer.Begun)
        case challenge(TwoFactorChallenge)
        /// The password changed, or the account went, since it was checked.
        case changed
    }

    private let user: UsersRow
    private let hash: String
    private let deviceName: String?
    private let address: String
    private let time: Timestamp

    /// - Parameter hash: what to keep of the password that was checked.
    init(user: UsersRow, hash: String, deviceName: String?, address: String, at time: Timestamp) {
        self.user = user
        self.hash = hash
        self.deviceName = deviceName
        self.address = address
        self.time = time
    }

    /// - Throws: ``Problem`` `rate-limited` when the second factor was failed too often.
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
