import ParleyContract
import SpecCore

/// What the server writes to its users: ASCII, lines of at most 78 characters, a token alone on its line.
struct Letter: Sendable {
    let subject: String
    let text: String

    /// The statement that puts it into the outbox.
    func query(to user: UsersRow, at time: Timestamp) -> Query<Void> {
        OutboxTable.insert(row(to: user.email, at: time))
    }

    func row(to address: String, at time: Timestamp) -> OutboxRow {
        OutboxRow(
            id: .make(at: time), recipient: address, subject: subject, body: text, createdAt: time, attempts: 0,
            nextAt: time)
    }
}

extension Letter {
    static func verifyEmail(_ token: SecretToken) -> Letter {
        Letter(
            subject: "Your verification token",
            text: """
                Hello,

                somebody registered with this address. To prove that it is yours, use this
                token within a day:

                \(token.text)

                If it was not you, there is nothing to do.
                """)
    }

    static func resetPassword(_ token: SecretToken) -> Letter {
        Letter(
            subject: "Your token to reset the password",
            text: """
                Hello,

                somebody asked to reset the password of your account. To set a new one,
                use this token within an hour:

                \(token.text)

                If it was not you, there is nothing to do: your password has not changed.
                """)
    }

    static let passwordChanged = notice(
        "Your password was changed",
        "the password of your account was changed, and all other sessions have ended.")

    static let passwordReset = notice(
        "Your password was reset",
        "the password of your account was reset by a mailed token, and all sessions\nhave ended.")

    static let twoFactorEnabled = notice(
        "The second factor is on",
        "the second factor of your account was turned on: signing in now takes a code\nof your authenticator too.")

    static let twoFactorDisabled = notice(
        "The second factor is off",
        "the second factor of your account was turned off: signing in takes the\npassword alone.")

    static func recoveryCodeUsed(left: Int64) -> Letter {
        notice(
            "A recovery code was used",
            "a recovery code of your account was used in the place of your authenticator.\nCodes left: \(left).")
    }

    static let secondFactorFailed = notice(
        "Wrong codes for your account",
        "somebody who knows your password, or reads your mail, entered five wrong codes\n"
            + "for the second factor. They were not let in.")

    static let accountDeleted = Letter(
        subject: "Your account is deleted",
        text: """
            Hello,

            your account was deleted, as was asked for with its password. What was
            personal is removed; messages stay with those who received them.
            """)

    private static func notice(_ subject: String, _ event: String) -> Letter {
        Letter(
            subject: subject,
            text: """
                Hello,

                \(event)

                If it was not you, reset your password at once.
                """)
    }
}
