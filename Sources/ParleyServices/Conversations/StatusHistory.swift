import ParleyContract
import SpecCore

/// Status history of one message, as one of its sides may see it.
struct StatusHistory {
    private let message: MessagesRow
    private let viewer: Identifier

    init(of message: MessagesRow, for viewer: Identifier) {
        self.message = message
        self.viewer = viewer
    }

    /// Placeholder for the session of a step that was stored before sessions were recorded.
    private static let unknown = Identifier(high: 0, low: 0)

    /// Returns the steps in order; the first one is the sending.
    func steps(in transaction: any Transaction) throws -> [MessageStatus] {
        let delivered = try step(to: .delivered, .delivered, in: transaction)
        let read = try step(to: .read, .read, in: transaction)
        return [sent] + [delivered, read].compactMap { $0 }
    }

    private var sent: MessageStatus {
        MessageStatus(
            messageId: message.id, status: .sent, userId: message.senderId,
            sessionId: message.sessionId ?? Self.unknown,
            at: message.createdAt)
    }

    private func step(
        to status: DeliveryStatus, _ stored: StatusStepsRow.Status, in transaction: any Transaction
    ) throws -> MessageStatus? {
        let query = StatusesQueries.first(
            lowId: message.lowId, highId: message.highId, userId: message.recipientId, status: stored,
            seq: message.seq, seesAll: viewer == message.recipientId)
        return try transaction.first(query).map { row in
            MessageStatus(
                messageId: message.id, status: status, userId: row.userId, sessionId: row.sessionId,
                at: row.at)
        }
    }
}
