/// A mail to one person, in plain text.
public struct Mail: Sendable, Equatable {
    /// Stands in the `Message-ID`, so that a mail that is sent twice is seen to be one.
    public let id: Identifier
    public let recipient: String
    /// ASCII, one line.
    public let subject: String
    /// Lines end in `\n`.
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

/// Hands mails to whoever carries them.
public protocol MailSender: Sendable {
    /// Returns when the mail is in the next hands; sending the same mail again is safe.
    /// - Throws: ``MailRefused`` when trying again is of no use, anything else when it may be.
    func send(_ mail: Mail) async throws
}

/// Whoever carries mails does not want this one, for a reason that will not pass: an address that does not exist.
public struct MailRefused: Error, Sendable, Equatable, CustomStringConvertible {
    /// In the words of the carrier.
    public let description: String

    public init(_ description: String) {
        self.description = description
    }
}
