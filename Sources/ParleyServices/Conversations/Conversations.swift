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
        let start = try cursors.start(of: input.cursor, list: seal) ?? Self.newest
        let limit = Int(input.limit)
        let found = try await store.read { try Self.page(of: user, before: start, limit: limit + 1, in: $0) }
        let (shown, next) = cursors.page(of: found, limit: limit, list: seal, \.lastMessage.id)
        let signer = references.signer(for: user)
        return .ok(ConversationList(items: shown.map { $0.signed(by: signer) }, nextCursor: next))
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
