import ParleyContract
import SpecCore

extension MessagesRow {
    func concerns(_ user: Identifier) -> Bool { senderId == user || recipientId == user }
}

extension Message {
    /// A message that was just sent.
    init(_ row: MessagesRow, media: [Media]) {
        self.init(
            id: row.id, clientMessageId: row.clientMessageId, senderId: row.senderId, recipientId: row.recipientId,
            seq: row.seq, text: row.body, media: media, replyToId: row.replyToId, reactions: [], status: .sent,
            createdAt: row.createdAt, editedAt: nil, deletedAt: nil)
    }

    /// The message of a view, without its files, as one of its sides sees it.
    init(_ view: MessagesQueries.ViewRow, for viewer: Identifier) {
        self.init(
            id: view.id, clientMessageId: view.clientMessageId, senderId: view.senderId,
            recipientId: view.recipientId, seq: view.seq, text: view.body, media: [], replyToId: view.replyToId,
            reactions: [], status: view.status(for: viewer), createdAt: view.createdAt, editedAt: view.editedAt,
            deletedAt: view.deletedAt)
    }

    /// The messages of rows of one or more views, in their order; each has a row for every reaction.
    ///
    /// - Parameter files: the files of those that have some.
    static func list(
        _ rows: [MessagesQueries.ViewRow], files: [MessagesQueries.FilesRow], for viewer: Identifier
    ) -> [Message] {
        let media = Dictionary(grouping: files, by: \.messageId)
        var messages: [Message] = []
        for row in rows {
            if messages.last?.id != row.id {
                var message = Message(row, for: viewer)
                if row.mediaCount != nil { message.media = media[row.id, default: []].map { Media($0) } }
                messages.append(message)
            }
            if let reaction = Reaction(row) { messages[messages.count - 1].reactions.append(reaction) }
        }
        return messages
    }

    /// The messages of these ids, in their order.
    static func load(
        _ ids: [Identifier], for viewer: Identifier, in transaction: any Transaction
    ) throws -> [Message] {
        let rows = try transaction.all(MessagesQueries.views(ids: ids.packed))
        let files = try rows.filesQuery.map { try transaction.all($0) } ?? []
        return list(rows, files: files, for: viewer)
    }
}

extension [MessagesQueries.ViewRow] {
    /// What brings the files of these messages; nil where none has any.
    var filesQuery: Query<MessagesQueries.FilesRow>? {
        var ids: [Identifier] = []
        for row in self where row.mediaCount != nil && ids.last != row.id { ids.append(row.id) }
        return ids.isEmpty ? nil : MessagesQueries.files(ids: ids.packed)
    }
}

extension MessagesQueries.ViewRow {
    /// The recipient sees what they have read; the sender, what is shown of it.
    fileprivate func status(for viewer: Identifier) -> DeliveryStatus {
        if seq <= (viewer == recipientId ? read : shown) ?? 0 { return .read }
        return seq <= delivered ?? 0 ? .delivered : .sent
    }
}

extension Reaction {
    init(_ row: ReactionsRow) {
        self.init(
            id: row.id, messageId: row.messageId, userId: row.userId, emoji: row.emoji, createdAt: row.createdAt)
    }

    /// The reaction of a row of a view; nil where the message has none.
    fileprivate init?(_ row: MessagesQueries.ViewRow) {
        guard let id = row.reactionId, let user = row.reactionUserId, let emoji = row.emoji, let time = row.reactedAt
        else { return nil }
        self.init(id: id, messageId: row.id, userId: user, emoji: emoji, createdAt: time)
    }
}
