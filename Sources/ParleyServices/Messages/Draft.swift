import ParleyContract
import SpecCore

/// A message on its way into the store.
struct Draft: Sendable {
    let recipient: Identifier
    private let row: MessagesRow
    private let pair: Pair

    init(_ body: SendMessageRequest, from caller: Caller, at now: Timestamp) {
        recipient = body.recipientId
        pair = Pair(caller.subject, body.recipientId)
        row = MessagesRow(
            id: .make(), lowId: pair.low, highId: pair.high, seq: 0, clientMessageId: body.clientMessageId,
            senderId: caller.subject, recipientId: body.recipientId, body: body.text, replyToId: body.replyToId.value,
            status: DeliveryStatus.sent.rawValue, createdAt: now, editedAt: nil, deletedAt: nil,
            sessionId: caller.session, mediaCount: nil)
    }

    /// Stores the message with both users' events; the same `clientMessageId` again gives the same message.
    func send(in transaction: any Transaction) throws -> SendMessage.Output {
        let known = MessagesTable.findBySenderIdAndClientMessageId(
            senderId: row.senderId, clientMessageId: row.clientMessageId)
        if let earlier = try transaction.first(known) { return .ok(try repeated(earlier)) }
        try checkReply(in: transaction)
        let next = MessagesQueries.nextSeq(lowId: pair.low, highId: pair.high, recipientId: recipient)
        guard let position = try transaction.first(next) else {
            throw Problem(SendMessage.Problems.notFound, "There is no such recipient.")
        }
        var message = row
        message.seq = position.seq
        try transaction.execute(MessagesTable.insert(message))
        let event = LoggedEvent(kind: .messageNew, message: row.id, at: row.createdAt)
        try EventLog.append(event, to: pair, in: transaction)
        return .created(Message(message))
    }

    private func repeated(_ earlier: MessagesRow) throws -> Message {
        guard earlier.recipientId == row.recipientId, earlier.body == row.body, earlier.replyToId == row.replyToId
        else {
            throw Problem(
                SendMessage.Problems.clientMessageIdReused, "This clientMessageId was used for another message.")
        }
        return Message(earlier)
    }

    private func checkReply(in transaction: any Transaction) throws {
        guard let reply = row.replyToId else { return }
        let answered = try transaction.first(MessagesTable.find(id: reply))
        guard let answered, answered.lowId == pair.low, answered.highId == pair.high else {
            throw Problem(SendMessage.Problems.replyUnknown, "The message to answer is not in this conversation.")
        }
    }
}
