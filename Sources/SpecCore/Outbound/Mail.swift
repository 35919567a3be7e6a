/// A plain-text e-mail to one recipient.
public struct Mail: Sendable, Equatable, Redacted {
    /// The id used in the `Message-ID`, so that a mail that is sent twice can be recognized as a duplicate.
    public let id: Identifier
    public let recipient: String
    /// The subject: ASCII, one line.
    public let subject: String
    /// The body; lines end in `\n`.
    public let text: String
    public let date: Timestamp

    public init(id: Identifier, recipient: String, subject: String, text: String, date: Timestamp) {
        self.id = id
        self.recipient = recipient
        self.subject = subject
        self.text = text
        self.date = date
    }
}

/// Sends mails.
public protocol MailSender: Sendable {
    /// Returns after the mail was accepted for delivery; sending the same mail again is safe.
    /// - Throws: ``MailRejected`` if a retry is useless, any other error if a retry may succeed.
    func send(_ mail: Mail) async throws
}

/// A permanent rejection of a mail by the relay, such as for an address that does not exist.
public struct MailRejected: Error, Sendable, Equatable, CustomStringConvertible {
    /// The relay's message.
    public let description: String

    public init(_ description: String) {
        self.description = description
    }
}
