import ParleyContract
import SpecCore

/// The mail that proves an address.
enum VerificationMail {
    /// What the token is for, in the table of tokens.
    static let purpose = "verify-email"

    /// A row for the outbox; the token stands alone on its line.
    static func row(to user: UsersRow, token: String) -> OutboxRow {
        let body = """
            Hello,

            somebody registered with this address. To prove that it is yours, use this token within a day:

            \(token)

            If it was not you, there is nothing to do.
            """
        return OutboxRow(
            id: .make(), recipient: user.email, subject: "Your verification token", body: body,
            createdAt: user.createdAt, attempts: 0, nextAt: user.createdAt)
    }
}
