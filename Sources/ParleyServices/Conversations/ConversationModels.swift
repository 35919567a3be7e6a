import ParleyContract
import SpecCore

/// How far one side of a conversation got, in positions; 0 is nowhere.
struct Marks: Equatable {
    var delivered: Int64
    var read: Int64
    /// What the other side may see as read.
    var shown: Int64
    /// How many messages wait for this side.
    var waiting: Int64
}

extension ConversationsRow {
    /// The marks of one of the two users.
    subscript(user: Identifier) -> Marks {
        get {
            user == lowId
                ? Marks(delivered: lowDelivered ?? 0, read: lowRead ?? 0, shown: lowShown ?? 0, waiting: lowUnread ?? 0)
                : Marks(
                    delivered: highDelivered ?? 0, read: highRead ?? 0, shown: highShown ?? 0,
                    waiting: highUnread ?? 0)
        }
        set {
            if user == lowId {
                (lowDelivered, lowRead) = (newValue.delivered, newValue.read)
                (lowShown, lowUnread) = (newValue.shown, newValue.waiting)
            } else {
                (highDelivered, highRead) = (newValue.delivered, newValue.read)
                (highShown, highUnread) = (newValue.shown, newValue.waiting)
            }
        }
    }
}

/// The messages that wait for their recipient: not read, not deleted.
enum Waiting {
    /// Counts again where the message was one of them.
    static func recount(after message: MessagesRow, in transaction: any Transaction) throws {
        let lock = ConversationsQueries.lock(lowId: message.lowId, highId: message.highId)
        guard var conversation = try transaction.first(lock) else { return }
        let read = conversation[message.recipientId].read
        guard message.seq > read else { return }
        conversation[message.recipientId].waiting = try count(
            for: message.recipientId, behind: read, of: conversation, in: transaction)
        try transaction.execute(ConversationsTable.update(conversation))
    }

    static func count(
        for user: Identifier, behind position: Int64, of conversation: ConversationsRow,
        in transaction: any Transaction
    ) throws -> Int64 {
        let query = ConversationsQueries.countWaiting(
            lowId: conversation.lowId, highId: conversation.highId, recipientId: user, seq: position)
        return try transaction.all(query)[0].messages
    }
}
