import ParleyContract
import SpecCore

/// Subject and text of a mail to a user: ASCII, lines of at most 78 characters, a token alone on its line.
struct MailTemplate: Sendable {
    let subject: String
    let text: String

    /// The statement that adds the mail to the outbox.
    func query(to user: UsersRow, at time: Timestamp) -> Query<Void> {
        OutboxTable.insert(row(to: user.email, at: time))
    }

    func row(to address: String, at time: Timestamp) -> OutboxRow {
        OutboxRow(
            id: .make(at: time), recipient: address, subject: subject, body: text, createdAt: time, attempts: 0,
            nextAt: time)
    }
}

extension MailTemplate {
    static func verifyEmail(_ token: String) -> MailTemplate {
        MailTemplate(
            subject: "Your verification token",
            text: """
                Hello,

                an account was registered at Parley with this address. If it is yours,
                sign in to it and enter this token within a day. It confirms that you read
                the mail of this address; others can then find the account by it.

                \(token)

                If you did not register, do not enter the token anywhere. The account is
                deleted after 7 days. To get it at once, ask Parley to reset its password:
                that ends all its sessions and makes it yours.
                """)
    }

    static func resetPassword(_ token: String) -> MailTemplate {
        MailTemplate(
            subject: "Your token to reset the password",
            text: """
                Hello,

                a new password was requested for the Parley account of this address. To
                set one, use this token within an hour. It ends all sessions and confirms
                that you read the mail of this address.

                \(token)

                If you did not ask for it, do not give the token to anyone. There is
                nothing else to do: the password has not changed.
                """)
    }

    static let passwordChanged = notice(
        "Your password was changed",
        "the password of your account was changed, and all other sessions have ended.")

    static let passwordReset = notice(
        "Your password was reset",
        "the password of your account was reset with a token sent by e-mail, and all\nsessions have ended.")

    static let twoFactorEnabled = notice(
        "Two-factor authentication is on",
        "two-factor authentication was enabled for your account: signing in now takes a\n"
            + "code of your authenticator too.")

    static let twoFactorDisabled = notice(
        "Two-factor authentication is off",
        "two-factor authentication was disabled for your account: signing in takes only\nthe password.")

    static func recoveryCodeUsed(left: Int64) -> MailTemplate {
        notice(
            "A recovery code was used",
            "a recovery code of your account was used instead of your authenticator.\nCodes left: \(left).")
    }

    static let secondFactorFailed = notice(
        "Wrong codes for your account",
        "somebody who knows your password, or reads your mail, entered five wrong codes\n"
            + "for two-factor authentication. Access was denied.")

    static let accountDeleted = MailTemplate(
        subject: "Your account is deleted",
        text: """
            Hello,

            your account was deleted, as requested with its password. Your personal data
            was removed; messages stay with the users who received them.
            """)

    static let accountExpired = MailTemplate(
        subject: "An account with your address is deleted",
        text: """
            Hello,

            an account was registered at Parley with this address, and the address was
            not verified within 7 days. The account and its data were deleted. If it was
            yours, register again; if not, there is nothing to do.
            """)

    private static func notice(_ subject: String, _ event: String) -> MailTemplate {
        MailTemplate(
            subject: subject,
            text: """
                Hello,

                \(event)

                If it was not you, reset your password at once.
                """)
    }
}
