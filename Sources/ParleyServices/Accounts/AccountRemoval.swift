import ParleyContract
import SpecCore

/// Removes the personal data of an account. Its row stays for the messages that other users have of it.
struct AccountRemoval: Sendable {
    /// Display name of a deleted account.
    static let displayName = "Deleted user"
    private let user: UsersRow
    private let time: Timestamp
    private let template: MailTemplate

    /// - Parameter template: the mail that tells of it.
    init(of user: UsersRow, at time: Timestamp, _ template: MailTemplate) {
        self.user = user
        self.template = template
        self.time = time
    }

    /// - Returns: the removed files, whose bytes are to be removed after the commit: the picture, and all files but those
    ///   that others have in a message.
    /// - Throws: ``Problem`` `password-wrong` when the password changed since it was checked.
    func run(in transaction: any Transaction) throws -> [Identifier] {
        // An e-mail address has no spaces, so this key matches no address, and the old one is free again.
        let forget = AccountsQueries.forgetAccount(
            userId: user.id, checkedHash: user.passwordHash, emailKey: "deleted \(user.id)",
            displayName: Self.displayName, now: time)
        guard try transaction.execute(forget) == 1 else { throw PasswordCheck.wrong }
        try Revocations.end(.all(of: user.id), in: transaction, at: time)
        let picture = try transaction.all(MediaQueries.removePicture(userId: user.id)).map(\.id)
        for query in personal { try transaction.execute(query) }
        try transaction.execute(template.query(to: user, at: time))
        return try FileRemoval.note(picture, in: transaction)
            + FileRemoval.removeAllUnused(of: user.id, in: transaction)
    }

    private var personal: [Query<Void>] {
        [
            AccountsQueries.forgetSettings(userId: user.id),
            AccountsQueries.forgetContacts(userId: user.id),
            AccountsQueries.forgetTokens(userId: user.id, purpose: .verifyEmail),
            AccountsQueries.forgetTokens(userId: user.id, purpose: .resetPassword),
            TwoFactorQueries.forgetChallenges(userId: user.id),
            TwoFactorQueries.forgetRecoveryCodes(userId: user.id),
            TwoFactorsTable.delete(userId: user.id),
            SessionsQueries.forgetSessions(userId: user.id),
            FrameworkTables.idempotency.forget(user: user.id),
            ContactsQueries.renameUser(userId: user.id),
        ]
    }
}
