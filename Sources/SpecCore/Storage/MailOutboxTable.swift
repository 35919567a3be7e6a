/// The statements of the table of e-mails to be sent that `schema.yaml` asks for (`framework: mail-outbox`). Generated.
public struct MailOutboxTable: Sendable {
    /// Inserts a mail: id, recipient, subject, body, time, number of attempts, time of the next attempt.
    public let insert: SQLText
    /// Returns the id of a mail that is due at a time, if there is one.
    public let isDue: SQLText
    /// Claims due mails for one sender: the time, the end of the claim, the maximum number. Returns whole rows.
    public let claim: SQLText
    /// Sets the time of the next attempt: the id, the time.
    public let postpone: SQLText
    /// Deletes a mail by its id.
    public let remove: SQLText

    @inlinable public init(insert: SQLText, isDue: SQLText, claim: SQLText, postpone: SQLText, remove: SQLText) {
        self.insert = insert
        self.isDue = isDue
        self.claim = claim
        self.postpone = postpone
        self.remove = remove
    }

    /// Adds a mail to the outbox, to be sent once the change is committed.
    public func insert(_ mail: Mail) -> Query<Void> {
        Query(
            "mailOutbox.insert", insert,
            [
                mail.id.sqlValue, mail.recipient.sqlValue, mail.subject.sqlValue, mail.text.sqlValue,
                mail.date.sqlValue, .integer(0), mail.date.sqlValue,
            ])
    }

    /// Removes a mail from the outbox.
    public func remove(_ id: Identifier) -> Query<Void> { Query("mailOutbox.remove", remove, [id.sqlValue]) }
}
