import ParleyContract
import SpecCore

/// A message on its way into the store.
struct Draft: Sendable {
    let recipient: Identifier
    private let row: MessagesRow
    private let pair: Pair
    private let mediaIds: [Identifier]
    private let tokens: String

    init(_ body: SendMessageRequest, from caller: Caller, at now: Timestamp) {
        recipient = body.recipientId
        pair = Pair(caller.subject, body.recipientId)
        mediaIds = body.mediaIds.value ?? []
        row = MessagesRow(
            id: .make(), lowId: pair.low, highId: pair.high, seq: 0, clientMessageId: body.clientMessageId,
            senderId: caller.subject, recipientId: body.recipientId, body: body.text.value,
            replyToId: body.replyToId.value, status: DeliveryStatus.sent.rawValue, createdAt: now, editedAt: nil,
            deletedAt: nil, sessionId: caller.session, mediaCount: mediaIds.isEmpty ? nil : Int64(mediaIds.count))
        tokens = MessageWords(in: pair).tokens(of: row.body ?? "")
    }

    /// What no store needs to be asked about.
    func check() throws {
        if recipient == row.senderId {
            throw Problem(SendMessage.Problems.recipientSelf, "A message goes to somebody else.")
        }
        if row.body == nil, mediaIds.isEmpty {
            throw Problem(SendMessage.Problems.messageEmpty, "A message has text, files or both.")
        }
    }

    /// Stores the message with both users' events; the same `clientMessageId` again gives the same message.
    func send(in transaction: any Transaction) throws -> SendMessage.Output {
        let known = MessagesTable.findBySenderIdAndClientMessageId(
            senderId: row.senderId, clientMessageId: row.clientMessageId)
        if let earlier = try transaction.first(known) { return .ok(try repeated(earlier, in: transaction)) }
        try Terms.check(from: row.senderId, to: recipient, in: transaction)
        try checkReply(in: transaction)
        let advance = ConversationsQueries.advance(
            lowId: pair.low, highId: pair.high, messageId: row.id, lowWaits: recipient == pair.low ? 1 : 0,
            highWaits: recipient == pair.high ? 1 : 0)
        var message = row
        message.seq = try transaction.all(advance)[0].seq
        try transaction.execute(MessagesTable.insert(message))
        let media = try attach(in: transaction)
        try transaction.execute(MessagesQueries.index(messageId: row.id, tokens: tokens))
        let event = LoggedEvent(kind: .messageNew, message: row.id, at: row.createdAt)
        try EventLog.append(event, to: pair, in: transaction)
        return .created(Message(message, media: media))
    }

    /// Text and files are compared where they are still what was sent.
    private func repeated(_ earlier: MessagesRow, in transaction: any Transaction) throws -> Message {
        let message = try Message.load([earlier.id], for: row.senderId, in: transaction)[0]
        let isSameText = earlier.body == row.body || earlier.editedAt != nil || earlier.deletedAt != nil
        let isSameMedia = message.media.map(\.id) == mediaIds || earlier.deletedAt != nil
        guard earlier.recipientId == recipient, earlier.replyToId == row.replyToId, isSameText, isSameMedia else {
            throw Problem(
                SendMessage.Problems.clientMessageIdReused, "This clientMessageId was used for another message.")
        }
        return message
    }

    private func checkReply(in transaction: any Transaction) throws {
        guard let reply = row.replyToId else { return }
        let answered = try transaction.first(MessagesTable.find(id: reply))
        guard let answered, answered.lowId == pair.low, answered.highId == pair.high else {
            throw Problem(SendMessage.Problems.replyUnknown, "The message to answer is not in this conversation.")
        }
    }

    private func attach(in transaction: any Transaction) throws -> [Media] {
        guard !mediaIds.isEmpty else { return [] }
        let attach = MessagesQueries.attach(messageId: row.id, senderId: row.senderId, ids: mediaIds.packed)
        guard try transaction.execute(attach) == mediaIds.count else {
            throw Problem(
                SendMessage.Problems.mediaUnknown, "Upload a file before it is sent; one of these is not there.")
        }
        return try transaction.all(MessagesQueries.files(ids: [row.id].packed)).map { Media($0) }
    }
}
