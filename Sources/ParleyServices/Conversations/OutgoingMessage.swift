import ParleyContract
import SpecCore

/// A message to be sent.
struct OutgoingMessage: Sendable {
    let recipient: Identifier
    private let row: MessagesRow
    private let pair: Pair
    private let mediaIds: [Identifier]
    private let tokens: String
    private let fingerprint: ContentFingerprint

    init(
        _ body: SendMessageRequest, from caller: Caller, fingerprints: any MessageAuthenticator, at now: Timestamp
    ) {
        recipient = body.recipientId
        pair = Pair(caller.subject, body.recipientId)
        mediaIds = body.mediaIds.value ?? []
        fingerprint = ContentFingerprint(text: body.text.value, mediaIds: mediaIds, authenticator: fingerprints)
        row = MessagesRow(
            id: .make(), lowId: pair.low, highId: pair.high, seq: 0, clientMessageId: body.clientMessageId,
            senderId: caller.subject, recipientId: body.recipientId, body: body.text.value,
            replyToId: body.replyToId.value, createdAt: now, editedAt: nil,
            deletedAt: nil, sessionId: caller.session, mediaCount: mediaIds.isEmpty ? nil : Int64(mediaIds.count),
            fingerprint: fingerprint.bytes, reactions: nil, received: nil)
        tokens = SearchTokenizer(in: pair).tokens(of: row.body ?? "")
    }

    /// Checks the rules that need no store.
    func check() throws {
        if recipient == row.senderId {
            throw Problem(.recipientSelf, "You cannot send a message to yourself.")
        }
        if row.body == nil, mediaIds.isEmpty {
            throw Problem(.messageEmpty)
        }
        if Set(mediaIds).count < mediaIds.count {
            throw Problem(.mediaRepeated)
        }
    }

    /// Stores the message with both users' events; a repeated `clientMessageId` returns the same message.
    func send(to store: any Store) async throws -> SendMessage.Output {
        let answer = try await store.first(write)
        guard let answer else { throw Self.incomplete }
        switch answer.outcome {
        case .created:
            guard let seq = answer.seq else { throw Self.incomplete }
            return .created(try await created(at: seq, in: store))
        case .repeated:
            guard let earlier = answer.earlierId else { throw Self.incomplete }
            return .ok(try await repeated(earlier, in: store))
        case .noUser: throw ReachPolicy.notThere
        case .blockedBy: throw ReachPolicy.isBlockedBy
        case .blocked: throw ReachPolicy.hasBlocked
        case .noReply:
            throw Problem(.replyUnknown)
        case .noMedia:
            throw Problem(.mediaUnknown)
        }
    }

    private static var incomplete: StoreError { .failed("the write 'messages.send' did not return its result") }

    private var write: NamedWrite<MessagesQueries.SendRow> {
        MessagesQueries.send(
            id: row.id, lowId: pair.low, highId: pair.high, clientMessageId: row.clientMessageId,
            senderId: row.senderId, recipientId: recipient, body: row.body, replyToId: row.replyToId,
            now: row.createdAt, sessionId: row.sessionId, mediaCount: row.mediaCount,
            fingerprint: row.fingerprint, ids: mediaIds, tokens: tokens, lowWaits: recipient == pair.low ? 1 : 0,
            highWaits: recipient == pair.high ? 1 : 0, kind: EventName.messageNew.rawValue)
    }

    private func created(at seq: Int64, in store: any Store) async throws -> Message {
        var message = row
        message.seq = seq
        let files = mediaIds.isEmpty ? [] : try await store.all(MessagesQueries.files(ids: [row.id]))
        return Message(message, media: files.map { Media($0) })
    }

    private func repeated(_ earlier: Identifier, in store: any Store) async throws -> Message {
        let sender = row.senderId
        let (message, kept) = try await store.read { transaction in
            let kept = try transaction.first(MessagesTable.find(id: earlier))?.fingerprint
            return (try Message.load([earlier], for: sender, in: transaction)[0], kept)
        }
        guard message.recipientId == recipient, message.replyToId == row.replyToId, hasContent(of: message, kept) else {
            throw Problem(.clientMessageIdReused)
        }
        return message
    }

    /// Returns true if the message has this content. Text and files are compared if they are unchanged, else their
    /// stored fingerprint; messages from before fingerprints have none.
    private func hasContent(of message: Message, _ kept: [UInt8]?) -> Bool {
        guard message.editedAt != nil || message.deletedAt != nil else {
            return message.text == row.body && message.media.map(\.id) == mediaIds
        }
        return kept.map { fingerprint.isKept(as: $0) } ?? true
    }
}
