import ParleyContract
import SpecCore

/// What a user does to the emojis of a message. Both sides hear of it.
struct ReactionChange: Sendable {
    /// The message.
    let id: Identifier
    let user: Identifier
    let now: Timestamp

    func add(_ typed: String, in transaction: any Transaction) throws -> AddReaction.Output {
        let emoji = Emoji.qualified(typed)
        let message = try message(in: transaction)
        let known = ReactionsTable.findByMessageIdAndUserIdAndEmoji(messageId: id, userId: user, emoji: emoji)
        if let row = try transaction.first(known), row.removedAt == nil { return .ok(Reaction(row)) }
        try Terms.check(from: user, to: Pair(message).other(than: user), in: transaction)
        try checkRoom(for: emoji, in: transaction)
        let put = ReactionsQueries.put(id: .make(), messageId: id, userId: user, emoji: emoji, now: now)
        let row = try transaction.all(put)[0]
        try transaction.execute(ReactionsQueries.gather(messageId: id))
        try tell(.reactionAdded, row.id, of: message, in: transaction)
        return .created(Reaction(row))
    }

    func remove(_ reaction: Identifier, in transaction: any Transaction) throws {
        let message = try message(in: transaction)
        let row = try transaction.first(ReactionsTable.find(id: reaction))
        guard let row, row.messageId == id, row.removedAt == nil else {
            throw Problem(RemoveReaction.Problems.notFound, "The message bears no such reaction.")
        }
        guard row.userId == user else {
            throw Problem(RemoveReaction.Problems.forbidden, "Only who put an emoji there takes it back.")
        }
        try transaction.execute(ReactionsQueries.remove(reactionId: reaction, now: now))
        try transaction.execute(ReactionsQueries.gather(messageId: id))
        try tell(.reactionRemoved, reaction, of: message, in: transaction)
    }

    private func message(in transaction: any Transaction) throws -> MessagesRow {
        let row = try transaction.first(MessagesQueries.lock(messageId: id))
        guard let row, row.concerns(user), row.deletedAt == nil else {
            throw Problem(AddReaction.Problems.notFound, "There is no such message.")
        }
        return row
    }

    private func checkRoom(for emoji: String, in transaction: any Transaction) throws {
        // Rows from before emojis had one spelling are of the same kinds.
        let kinds = Set(try transaction.all(ReactionsQueries.kinds(messageId: id)).map { Emoji.qualified($0.emoji) })
        guard kinds.count < Reactions.kindsMax || kinds.contains(emoji) else {
            throw Problem(
                AddReaction.Problems.reactionsFull, "A message bears \(Reactions.kindsMax) kinds of emoji at most.")
        }
    }

    private func tell(
        _ kind: EventKind, _ reaction: Identifier, of message: MessagesRow, in transaction: any Transaction
    ) throws {
        let event = LoggedEvent(kind: kind, message: id, subject: reaction, at: now)
        try EventLog.append(event, to: Pair(message), in: transaction)
    }
}
