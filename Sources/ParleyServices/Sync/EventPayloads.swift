import ParleyContract
import SpecCore

/// Current payloads of the events of a page.
struct EventPayloads {
    private let messages: [Identifier: Message]
    private let reactions: [Identifier: Reaction]
    private let contacts: [Identifier: Contact]
    private let user: User?
    private let settings: Settings

    /// Loads the models of each kind at once.
    init(_ rows: [EventsRow], for user: Identifier, in transaction: any Transaction) throws {
        func subjects(_ kinds: Set<String>) -> [Identifier] {
            Array(Set(rows.filter { kinds.contains($0.kind) }.compactMap(\.subjectId)))
        }
        let messageIds = Array(Set(rows.compactMap(\.messageId)))
        let loaded = messageIds.isEmpty ? [] : try Message.load(messageIds, for: user, in: transaction)
        messages = Dictionary(loaded.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let emojis = subjects([EventName.reactionAdded.rawValue, EventName.reactionRemoved.rawValue])
        let put = emojis.isEmpty ? [] : try transaction.all(ReactionsQueries.some(ids: emojis))
        reactions = Dictionary(put.map { ($0.id, Reaction($0)) }, uniquingKeysWith: { first, _ in first })
        let changed = subjects([EventName.contactUpdated.rawValue])
        contacts = changed.isEmpty ? [:] : try Contact.load(changed, of: user, in: transaction)
        self.user = try transaction.first(AccountsQueries.me(userId: user)).map { User($0) }
        settings = try Settings.load(for: user, in: transaction)
    }

    /// Returns the event with its payload, or nil for a kind that this version does not know.
    func event(_ row: EventsRow) -> Event? {
        guard let kind = EventName(rawValue: row.kind) else { return nil }
        let gone = RemovedContact(id: row.subjectId ?? row.messageId ?? row.userId)
        return Event(seq: row.seq, event: kind, at: row.at, data: data(kind, row) ?? .removedContact(gone))
    }

    private func data(_ kind: EventName, _ row: EventsRow) -> EventData? {
        let subject = row.subjectId ?? row.userId
        switch kind {
        case .messageNew, .messageEdited, .messageDeleted:
            return row.messageId.flatMap { messages[$0] }.map { .message($0) }
        case .messageStatus: return status(row).map { .messageStatus($0) }
        case .reactionAdded, .reactionRemoved: return reactions[subject].map { .reaction($0) }
        case .contactUpdated: return contacts[subject].map { .contact($0) }
        case .profileUpdated: return user.map { .user($0) }
        case .settingsUpdated: return .settings(settings)
        }
    }

    private func status(_ row: EventsRow) -> MessageStatus? {
        guard let message = row.messageId.flatMap({ messages[$0] }), let session = row.subjectId,
            let status = row.detail.flatMap(DeliveryStatus.init)
        else { return nil }
        return MessageStatus(
            messageId: message.id, status: status, userId: message.recipientId, sessionId: session, at: row.at)
    }
}
