package import SpecCore

/// Seals the tokens of mails while they wait in the outbox, where they would otherwise be readable until and, in the
/// database's log, for a while after they are sent.
package struct MailSeals: Sendable {
    /// A token that cannot be opened.
    struct Lost: Error, CustomStringConvertible {
        let description = "its token was sealed with a secret that is no longer in SEALING_SECRET"
    }

    /// Start of a line that is a sealed token.
    private static let mark = "sealed:"
    private let sealer: Sealer

    package init(_ keys: SealingKeys) {
        sealer = keys.mail
    }

    /// Returns the line that stands for a token in the outbox.
    func line(_ token: SecretToken, to recipient: String) throws -> String {
        Self.mark + Base64URL.encode(try sealer.seal(Array(token.text.utf8), of: Array(recipient.utf8)))
    }

    /// Returns the mail as it is sent, with its token.
    /// - Throws: ``Lost``.
    func opened(_ mail: Mail) throws -> Mail {
        let lines = try mail.text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.hasPrefix(Self.mark) ? try token(of: line.dropFirst(Self.mark.count), mail.recipient) : String(line)
        }
        return Mail(
            id: mail.id, recipient: mail.recipient, subject: mail.subject, text: lines.joined(separator: "\n"),
            date: mail.date)
    }

    private func token(of sealed: Substring, _ recipient: String) throws -> String {
        guard let bytes = Base64URL.decode(String(sealed)), let token = sealer.open(bytes, of: Array(recipient.utf8))
        else { throw Lost() }
        return String(decoding: token, as: UTF8.self)
    }
}

/// Opens the tokens of mails right before they are sent.
package struct SealedMailSender: MailSender {
    private let sender: any MailSender
    private let seals: MailSeals

    /// - Parameter sender: the sender of the opened mails.
    package init(_ sender: any MailSender, seals: MailSeals) {
        self.sender = sender
        self.seals = seals
    }

    package func send(_ mail: Mail) async throws { try await sender.send(try seals.opened(mail)) }
}
