import ParleyContract
import SpecCore

/// Removes what is personal of an account. Its row stays for the messages that others have of it.
struct AccountRemoval: Sendable {
    /// What others see in the place of the name.
    static let displayName = "Deleted user"
    private let user: UsersRow
    private let time: Timestamp

    init(of user: UsersRow, at time: Timestamp) {
        self.user = user
        self.time = time
    }

    /// What is left to do when the account is gone.
    struct Removed: Sendable {
        /// Those that ended, to be announced.
        let sessions: [Identifier]
        /// The file of the picture.
        let picture: Identifier?
    }

    /// - Throws: ``Problem`` `password-wrong` when the password changed since it was checked.
    func run(in transaction: any Transaction) throws -> Removed {
        // No address has a space, so the key is nobody's, and the old one is free again.
        let forget = AccountsQueries.forgetAccount(
            userId: user.id, checkedHash: user.passwordHash, emailKey: "deleted \(user.id)",
            displayName: Self.displayName, now: time)
        guard try transaction.execute(forget) == 1 else { throw PasswordCheck.wrong }
        let ended = try Revocations.end(.all(of: user.id), in: transaction, at: time)
        let picture = try transaction.first(MediaQueries.removePicture(userId: user.id))?.id
        for query in personal { try transaction.execute(query) }
        try transaction.execute(Letter.accountDeleted.query(to: user, at: time))
        return Removed(sessions: ended, picture: picture)
    }

    private var personal: [Query<Void>] {
        [
            AccountsQueries.forgetSettings(userId: user.id),
            AccountsQueries.forgetContacts(userId: user.id),
            AccountsQueries.forgetTokens(userId: user.id, purpose: TokenPurpose.verifyEmail.rawValue),
            AccountsQueries.forgetTokens(userId: user.id, purpose: TokenPurpose.resetPassword.rawValue),
            TwoFactorQueries.forgetChallenges(userId: user.id),
            TwoFactorQueries.forgetRecoveryCodes(userId: user.id),
            TwoFactorsTable.delete(userId: user.id),
            SessionsQueries.forgetSessions(userId: user.id),
        ]
    }
}
