import ParleyContract
import SpecCore

/// Delivered and read positions of one side of a conversation; 0 means none.
struct ReadPositions: Equatable {
    var delivered: Int64
    /// The delivered position shown to the other side.
    var deliveredShown: Int64
    var read: Int64
    /// The read position shown to the other side.
    var shown: Int64
    /// Number of unread messages of this side.
    var unread: Int64
}

extension ConversationsRow {
    /// The positions of one of the two users.
    subscript(user: Identifier) -> ReadPositions {
        get {
            // Conversations of earlier releases have no shown position of deliveries: all were shown.
            user == lowId
                ? ReadPositions(
                    delivered: lowDelivered ?? 0, deliveredShown: lowDeliveredShown ?? lowDelivered ?? 0,
                    read: lowRead ?? 0, shown: lowShown ?? 0, unread: lowUnread ?? 0)
                : ReadPositions(
                    delivered: highDelivered ?? 0, deliveredShown: highDeliveredShown ?? highDelivered ?? 0,
                    read: highRead ?? 0, shown: highShown ?? 0, unread: highUnread ?? 0)
        }
        set {
            if user == lowId {
                (lowDelivered, lowDeliveredShown) = (newValue.delivered, newValue.deliveredShown)
                lowRead = newValue.read
                (lowShown, lowUnread) = (newValue.shown, newValue.unread)
            } else {
                (highDelivered, highDeliveredShown) = (newValue.delivered, newValue.deliveredShown)
                highRead = newValue.read
                (highShown, highUnread) = (newValue.shown, newValue.unread)
            }
        }
    }
}

/// Counts of unread messages: neither read by their recipient nor deleted.
///
/// Each message has its number among those to its recipient, so a read mark subtracts the numbers of two messages instead
/// of counting those in between; the deleted ones in between were subtracted when they were deleted.
enum Unread {
    /// Counts a deleted message no longer, if it was unread.
    static func remove(_ message: MessagesRow, in transaction: any Transaction) throws {
        let find = ConversationsTable.find(lowId: message.lowId, highId: message.highId)
        guard var conversation = try transaction.first(find) else { return }
        guard message.seq > conversation[message.recipientId].read else { return }
        conversation[message.recipientId].unread -= 1
        try transaction.execute(ConversationsTable.update(conversation))
        try transaction.execute(
            UnreadDeletionsTable.insert(
                UnreadDeletionsRow(
                    lowId: message.lowId, highId: message.highId, userId: message.recipientId, seq: message.seq)))
    }

    /// Returns the number of messages that are unread after their recipient has read up to one of them.
    static func count(
        from before: ReadPositions, to message: MessagesRow, in transaction: any Transaction
    ) throws -> Int64 {
        let find = MessagesTable.findByLowIdAndHighIdAndSeq(
            lowId: message.lowId, highId: message.highId, seq: before.read)
        let last = before.read == 0 ? nil : try transaction.first(find)
        let passed = (message.received ?? 0) - (last?.received ?? 0)
        let deleted = try transaction.execute(
            ConversationsQueries.passUnreadDeletions(
                lowId: message.lowId, highId: message.highId, userId: message.recipientId, upTo: message.seq))
        return before.unread - passed + Int64(deleted)
    }
}
