import ParleyContract
import SpecCore

/// Adds or removes a user's reaction to a message. Both sides are notified.
struct ReactionChange: Sendable {
    /// Id of the message.
    let id: Identifier
    let user: Identifier
    let now: Timestamp

    func add(_ typed: String, in transaction: any Transaction) throws -> AddReaction.Output {
        let emoji = Emoji.qualified(typed)
        let message = try message(in: transaction)
        let known = ReactionsTable.findByMessageIdAndUserIdAndEmoji(messageId: id, userId: user, emoji: emoji)
        if let row = try transaction.first(known), row.removedAt == nil { return .ok(Reaction(row)) }
        try ReachPolicy.check(from: user, to: Pair(message).other(than: user), in: transaction)
        try checkRoom(for: emoji, in: transaction)
        let new = ReactionsRow(
            id: .make(), messageId: id, userId: user, emoji: emoji, createdAt: now, removedAt: nil)
        let row = try transaction.all(ReactionsQueries.put(new))[0]
        try transaction.execute(ReactionsQueries.gather(messageId: id))
        try tell(.reactionAdded, row.id, of: message, in: transaction)
        return .created(Reaction(row))
    }

    func remove(_ reaction: Identifier, in transaction: any Transaction) throws {
        let message = try message(in: transaction)
        let row = try transaction.first(ReactionsTable.find(id: reaction))
        guard let row, row.messageId == id, row.removedAt == nil else {
            throw Problem(.notFound, "The message has no such reaction.")
        }
        guard row.userId == user else {
            throw Problem(.forbidden, "Only the user who added a reaction can remove it.")
        }
        try transaction.execute(ReactionsQueries.remove(reactionId: reaction, now: now))
        try transaction.execute(ReactionsQueries.gather(messageId: id))
        try tell(.reactionRemoved, reaction, of: message, in: transaction)
    }

    private func message(in transaction: any Transaction) throws -> MessagesRow {
        let row = try transaction.first(MessagesTable.find(id: id))
        guard let row, row.concerns(user), row.deletedAt == nil else {
            throw Problem(.notFound, "There is no such message.")
        }
        return row
    }

    private func checkRoom(for emoji: String, in transaction: any Transaction) throws {
        // Rows from before emojis were normalised count as the same kinds.
        let kinds = Set(try transaction.all(ReactionsQueries.kinds(messageId: id)).map { Emoji.qualified($0.emoji) })
        guard kinds.count < Reactions.kindsMax || kinds.contains(emoji) else {
            throw Problem(
                .reactionsFull,
                "A message can have at most \(Reactions.kindsMax) different emojis.")
        }
    }

    private func tell(
        _ kind: EventName, _ reaction: Identifier, of message: MessagesRow, in transaction: any Transaction
    ) throws {
        try transaction.emit(
            LoggedEvent(kind, message: id, subject: reaction, at: now), to: [message.lowId, message.highId])
    }
}
