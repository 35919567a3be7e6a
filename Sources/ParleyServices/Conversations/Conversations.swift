package import ParleyContract
package import SpecCore

/// With whom a user has messages, the newest first.
package struct Conversations: ConversationsService {
    private let store: any Store
    private let cursors: Cursors
    private let references: References

    package init(store: any Store, keys: ServerKeys, references: References) {
        self.store = store
        self.references = references
        cursors = Cursors(keys: keys)
    }

    package func listConversations(
        _ input: ListConversations.Input, _ context: Context
    ) async throws -> ListConversations.Output {
        let user = try context.signedIn().subject
        var seal = Array("conversations".utf8)
        seal.append(user)
        let start = try input.cursor.map { cursor in
            guard let position = cursors.identifier(in: cursor, list: seal) else {
                throw Problem(ListConversations.Problems.cursorInvalid, "The cursor is not from this list.")
            }
            return position
        }
        let limit = Int(input.limit)
        let found = try await store.read { transaction in
            try Self.page(of: user, before: start ?? Self.newest, limit: limit + 1, in: transaction)
        }
        let shown = Array(found.prefix(limit))
        let next = found.count > limit ? shown.last.map { cursors.make(position: $0.lastMessage.id, list: seal) } : nil
        return .ok(ConversationList(items: shown.map { $0.signed(by: references) }, nextCursor: next))
    }

    /// Behind every message.
    private static let newest = Identifier(high: .max, low: .max)

    private static func page(
        of user: Identifier, before position: Identifier, limit: Int, in transaction: any Transaction
    ) throws -> [Conversation] {
        let rows = try transaction.all(
            ConversationsQueries.page(userId: user, before: position, limit: Int64(limit)))
        guard !rows.isEmpty else { return [] }
        let profiles = try Profile.load(rows.map { $0.peer(of: user) }, for: user, in: transaction)
        let messages = try Message.load(rows.map(\.lastMessageId), for: user, in: transaction)
        return zip(rows, messages).compactMap { row, last in
            profiles[row.peer(of: user)].map {
                Conversation(peer: $0, lastMessage: last, unreadCount: row.unread ?? 0)
            }
        }
    }
}

extension ConversationsQueries.PageRow {
    fileprivate func peer(of user: Identifier) -> Identifier { Pair(lowId, highId).other(than: user) }
}
