import ParleyContract
import SpecCore

/// An edit or deletion of a message by its sender. Both sides are notified.
struct MessageChange: Sendable {
    /// Period in seconds during which a text can be edited.
    static let editSeconds: Int64 = 15 * 60

    let id: Identifier
    let user: Identifier
    let now: Timestamp

    /// Replaces the text of the message; the same text is not a change.
    func edit(_ text: String, in transaction: any Transaction) throws -> Message {
        let message = try own(in: transaction, "change")
        guard now <= message.createdAt.adding(seconds: Self.editSeconds) else {
            throw Problem(.editWindowClosed)
        }
        try ReachPolicy.check(from: user, to: message.recipientId, in: transaction)
        if message.body != text {
            let tokens = SearchTokenizer(in: Pair(message)).tokens(of: text)
            try transaction.execute(MessagesQueries.edit(messageId: id, body: text, now: now))
            try transaction.execute(MessagesQueries.index(messageId: id, tokens: tokens, seq: message.seq))
            try tell(.messageEdited, of: message, in: transaction)
        }
        return try Message.load([id], for: user, in: transaction)[0]
    }

    /// Deletes the content of the message; the message itself remains, marked as deleted.
    ///
    /// - Returns: the removed files: those that no other message has. Their bytes are removed after the commit.
    func delete(in transaction: any Transaction) throws -> [Identifier] {
        let message = try own(in: transaction, "delete")
        try transaction.execute(MessagesQueries.blank(messageId: id, now: now))
        let files = try transaction.all(MessagesQueries.detach(messageId: id)).map(\.mediaId)
        try transaction.execute(MessageSearchTable.delete(messageId: id))
        try transaction.execute(ReactionsQueries.removeAll(messageId: id, now: now))
        try Unread.remove(message, in: transaction)
        try tell(.messageDeleted, of: message, in: transaction)
        return try FileRemoval.removeUnused(files, in: transaction)
    }

    /// Locks and returns a message of the user.
    ///
    /// - Throws: ``Problem`` `not-found` for others, and for a deleted message; `forbidden` for the recipient.
    private func own(in transaction: any Transaction, _ verb: String) throws -> MessagesRow {
        let row = try transaction.first(MessagesTable.find(id: id))
        guard let row, row.concerns(user), row.deletedAt == nil else {
            throw Problem(.notFound, "There is no such message.")
        }
        guard row.senderId == user else {
            throw Problem(.forbidden, "Only its sender may \(verb) a message.")
        }
        return row
    }

    private func tell(_ kind: EventName, of message: MessagesRow, in transaction: any Transaction) throws {
        try transaction.emit(LoggedEvent(kind, message: id, at: now), to: [message.lowId, message.highId])
    }
}
