import ParleyContract
import SpecCore

/// What the sender of a message does to it later. Both sides hear of it.
struct MessageChange: Sendable {
    /// How long a text can be changed.
    static let editSeconds: Int64 = 15 * 60

    let id: Identifier
    let user: Identifier
    let now: Timestamp

    /// Gives the message another text; the same one is no change.
    func edit(_ text: String, in transaction: any Transaction) throws -> Message {
        let message = try own(in: transaction, "change")
        guard now <= message.createdAt.adding(seconds: Self.editSeconds) else {
            throw Problem(EditMessage.Problems.editWindowClosed, "A message can be changed for 15 minutes.")
        }
        try Terms.check(from: user, to: message.recipientId, in: transaction)
        if message.body != text {
            let tokens = MessageWords(in: Pair(message)).tokens(of: text)
            try transaction.execute(MessagesQueries.edit(messageId: id, body: text, now: now))
            try transaction.execute(MessagesQueries.index(messageId: id, tokens: tokens))
            try tell(.messageEdited, of: message, in: transaction)
        }
        return try Message.load([id], for: user, in: transaction)[0]
    }

    /// Leaves of the message that it was there.
    func delete(in transaction: any Transaction) throws {
        let message = try own(in: transaction, "delete")
        try transaction.execute(MessagesQueries.blank(messageId: id, now: now))
        try transaction.execute(MessagesQueries.detach(messageId: id))
        try transaction.execute(MessageSearchTable.delete(messageId: id))
        try transaction.execute(ReactionsQueries.removeAll(messageId: id, now: now))
        try Waiting.recount(after: message, in: transaction)
        try tell(.messageDeleted, of: message, in: transaction)
    }

    /// - Throws: ``Problem`` `not-found` for others, and for a message that is deleted; `forbidden` for the recipient.
    private func own(in transaction: any Transaction, _ verb: String) throws -> MessagesRow {
        let row = try transaction.first(MessagesQueries.lock(messageId: id))
        guard let row, row.concerns(user), row.deletedAt == nil else {
            throw Problem(EditMessage.Problems.notFound, "There is no such message.")
        }
        guard row.senderId == user else {
            throw Problem(EditMessage.Problems.forbidden, "Only its sender may \(verb) a message.")
        }
        return row
    }

    private func tell(_ kind: EventKind, of message: MessagesRow, in transaction: any Transaction) throws {
        try EventLog.append(LoggedEvent(kind: kind, message: id, at: now), to: Pair(message), in: transaction)
    }
}
