import ParleyContract
import SpecCore

/// The steps of one message, as one of its sides may see them.
struct StatusHistory {
    private let message: MessagesRow
    private let viewer: Identifier

    init(of message: MessagesRow, for viewer: Identifier) {
        self.message = message
        self.viewer = viewer
    }

    /// Stands for the session of a step from before sessions were kept.
    private static let unknown = Identifier(high: 0, low: 0)

    /// In order; the sending is the first.
    func steps(in transaction: any Transaction) throws -> [MessageStatus] {
        let later = try [DeliveryStatus.delivered, .read].compactMap { try step(to: $0, in: transaction) }
        return [sent] + later
    }

    private var sent: MessageStatus {
        MessageStatus(
            messageId: message.id, status: .sent, userId: message.senderId,
            sessionId: message.sessionId ?? Self.unknown,
            at: message.createdAt)
    }

    private func step(to status: DeliveryStatus, in transaction: any Transaction) throws -> MessageStatus? {
        let query = StatusesQueries.first(
            lowId: message.lowId, highId: message.highId, userId: message.recipientId, status: status.rawValue,
            seq: message.seq, seesAll: viewer == message.recipientId)
        return try transaction.first(query).map { row in
            MessageStatus(
                messageId: message.id, status: status, userId: row.userId, sessionId: row.sessionId,
                at: row.at)
        }
    }
}
