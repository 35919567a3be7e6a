import ParleyContract
import SpecCore

extension MessagesRow {
    func concerns(_ user: Identifier) -> Bool { senderId == user || recipientId == user }
}

extension Message {
    /// The message of a row that was just inserted.
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

    /// Returns the messages of views, in their order.
    ///
    /// - Parameter files: the files of the messages that have any.
    static func list(
        _ views: [MessagesQueries.ViewRow], files: [MessagesQueries.FilesRow], for viewer: Identifier
    ) throws -> [Message] {
        let media = Dictionary(grouping: files, by: \.messageId)
        return try views.map { view in
            let own = view.mediaCount == nil ? [] : media[view.id, default: []].map { Media($0) }
            return try Message(view, media: own, for: viewer)
        }
    }

    /// Returns the messages with these ids, in their order.
    static func load(
        _ ids: [Identifier], for viewer: Identifier, in transaction: any Transaction
    ) throws -> [Message] {
        let views = try transaction.all(MessagesQueries.views(ids: ids))
        let files = try views.filesQuery.map { try transaction.all($0) } ?? []
        return try list(views, files: files, for: viewer)
    }
}

extension [MessagesQueries.ViewRow] {
    /// Query for the files of these messages, or nil if none of them has files.
    var filesQuery: Query<MessagesQueries.FilesRow>? {
        let ids = compactMap { $0.mediaCount == nil ? nil : $0.id }
        return ids.isEmpty ? nil : MessagesQueries.files(ids: ids)
    }
}

extension MessagesQueries.ViewRow {
    /// Returns the delivery status: for the recipient the actual one, for the sender the one that is shown to them.
    fileprivate func status(for viewer: Identifier) -> DeliveryStatus {
        if seq <= (viewer == recipientId ? read : shown) ?? 0 { return .read }
        return seq <= (viewer == recipientId ? delivered : deliveredShown ?? delivered) ?? 0 ? .delivered : .sent
    }
}

extension Reaction {
    init(_ row: ReactionsRow) {
        self.init(
            id: row.id, messageId: row.messageId, userId: row.userId, emoji: row.emoji, createdAt: row.createdAt)
    }
}
