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

    /// The message of a view, as one of its sides sees it.
    init(_ view: MessagesQueries.ViewRow, media: [Media], for viewer: Identifier) throws {
        self.init(
            id: view.id, clientMessageId: view.clientMessageId, senderId: view.senderId,
            recipientId: view.recipientId, seq: view.seq, text: view.body, media: media, replyToId: view.replyToId,
            reactions: view.deletedAt == nil ? try ReactionLines.reactions(in: view.reactions, to: view.id) : [],
            status: view.status(for: viewer),
            createdAt: view.createdAt, editedAt: view.editedAt, deletedAt: view.deletedAt)
    }

    /// The messages of views, in their order.
    ///
    /// - Parameter files: the files of those that have some.
    static func list(
        _ views: [MessagesQueries.ViewRow], files: [MessagesQueries.FilesRow], for viewer: Identifier
    ) throws -> [Message] {
        let media = Dictionary(grouping: files, by: \.messageId)
        return try views.map { view in
            let own = view.mediaCount == nil ? [] : media[view.id, default: []].map { Media($0) }
            return try Message(view, media: own, for: viewer)
        }
    }

    /// The messages of these ids, in their order.
    static func load(
        _ ids: [Identifier], for viewer: Identifier, in transaction: any Transaction
    ) throws -> [Message] {
        let views = try transaction.all(MessagesQueries.views(ids: ids.packed))
        let files = try views.filesQuery.map { try transaction.all($0) } ?? []
        return try list(views, files: files, for: viewer)
    }
}

extension [MessagesQueries.ViewRow] {
    /// What brings the files of these messages; nil where none has any.
    var filesQuery: Query<MessagesQueries.FilesRow>? {
        let ids = compactMap { $0.mediaCount == nil ? nil : $0.id }
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
}
