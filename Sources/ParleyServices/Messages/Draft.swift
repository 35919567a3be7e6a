import ParleyContract
import SpecCore

/// A message on its way into the store.
struct Draft: Sendable {
    let recipient: Identifier
    private let row: MessagesRow
    private let pair: Pair
    private let mediaIds: [Identifier]
    private let tokens: String
    private let fingerprint: ContentFingerprint

    init(_ body: SendMessageRequest, from caller: Caller, keys: ServerKeys, at now: Timestamp) {
        recipient = body.recipientId
        pair = Pair(caller.subject, body.recipientId)
        mediaIds = body.mediaIds.value ?? []
        fingerprint = ContentFingerprint(text: body.text.value, mediaIds: mediaIds, keys: keys)
        row = MessagesRow(
            id: .make(), lowId: pair.low, highId: pair.high, seq: 0, clientMessageId: body.clientMessageId,
            senderId: caller.subject, recipientId: body.recipientId, body: body.text.value,
            replyToId: body.replyToId.value, status: DeliveryStatus.sent.rawValue, createdAt: now, editedAt: nil,
            deletedAt: nil, sessionId: caller.session, mediaCount: mediaIds.isEmpty ? nil : Int64(mediaIds.count),
            fingerprint: fingerprint.bytes, reactions: nil)
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
    func send(to store: any Store) async throws -> SendMessage.Output {
        let answer = try await store.first(write)
        switch (answer.flatMap { Outcome(rawValue: $0.outcome) }, answer?.seq, answer?.earlierId) {
        case (.created, let seq?, _): return .created(try await created(at: seq, in: store))
        case (.repeated, _, let earlier?): return .ok(try await repeated(earlier, in: store))
        case (.noUser, _, _): throw Terms.notThere
        case (.blockedBy, _, _): throw Terms.isBlockedBy
        case (.blocked, _, _): throw Terms.hasBlocked
        case (.noReply, _, _):
            throw Problem(SendMessage.Problems.replyUnknown, "The message to answer is not in this conversation.")
        case (.noMedia, _, _):
            throw Problem(
                SendMessage.Problems.mediaUnknown, "Upload a file before it is sent; one of these is not there.")
        default: preconditionFailure("the write 'send' answers with one of its outcomes")
        }
    }

    /// What the write answers.
    private enum Outcome: String {
        case created, repeated, blocked
        case noUser = "no-user"
        case blockedBy = "blocked-by"
        case noReply = "no-reply"
        case noMedia = "no-media"
    }

    private var write: NamedWrite<MessagesQueries.SendRow> {
        MessagesQueries.send(
            id: row.id, lowId: pair.low, highId: pair.high, clientMessageId: row.clientMessageId,
            senderId: row.senderId, recipientId: recipient, body: row.body, replyToId: row.replyToId,
            status: row.status, now: row.createdAt, sessionId: row.sessionId, mediaCount: row.mediaCount,
            fingerprint: row.fingerprint, ids: mediaIds.packed, tokens: tokens, lowWaits: recipient == pair.low ? 1 : 0,
            highWaits: recipient == pair.high ? 1 : 0, kind: EventKind.messageNew.rawValue)
    }

    private func created(at seq: Int64, in store: any Store) async throws -> Message {
        var message = row
        message.seq = seq
        let files = mediaIds.isEmpty ? [] : try await store.all(MessagesQueries.files(ids: [row.id].packed))
        return Message(message, media: files.map { Media($0) })
    }

    private func repeated(_ earlier: Identifier, in store: any Store) async throws -> Message {
        let sender = row.senderId
        let (message, kept) = try await store.read { transaction in
            let kept = try transaction.first(MessagesTable.find(id: earlier))?.fingerprint
            return (try Message.load([earlier], for: sender, in: transaction)[0], kept)
        }
        guard message.recipientId == recipient, message.replyToId == row.replyToId, hasContent(of: message, kept) else {
            throw Problem(
                SendMessage.Problems.clientMessageIdReused, "This clientMessageId was used for another message.")
        }
        return message
    }

    /// Text and files are compared where they are still what was sent, else what was kept of them; of messages from
    /// before that nothing was.
    private func hasContent(of message: Message, _ kept: [UInt8]?) -> Bool {
        guard message.editedAt != nil || message.deletedAt != nil else {
            return message.text == row.body && message.media.map(\.id) == mediaIds
        }
        return kept.map { fingerprint.isKept(as: $0) } ?? true
    }
}
