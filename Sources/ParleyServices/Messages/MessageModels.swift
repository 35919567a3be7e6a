import ParleyContract
import SpecCore

extension Message {
    /// The message of a row, as both sides see it.
    init(_ row: MessagesRow) {
        self.init(
            id: row.id, clientMessageId: row.clientMessageId, senderId: row.senderId, recipientId: row.recipientId,
            seq: row.seq, text: row.body, media: [], replyToId: row.replyToId, reactions: [],
            status: DeliveryStatus(rawValue: row.status) ?? .sent, createdAt: row.createdAt, editedAt: row.editedAt,
            deletedAt: row.deletedAt)
    }
}

/// The two sides of a conversation, in the order of their ids.
struct Pair: Sendable, Equatable {
    let low: Identifier
    let high: Identifier

    init(_ a: Identifier, _ b: Identifier) {
        (low, high) = a < b ? (a, b) : (b, a)
    }
}
