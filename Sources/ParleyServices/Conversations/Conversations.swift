package import ParleyContract
package import SpecCore

/// Conversations of a user, newest first.
package struct Conversations: ConversationsService {
    private let store: any Store
    private let cursors: PageCursors

    package init(store: any Store, cursors: PageCursors) {
        self.store = store
        self.cursors = cursors
    }

    package func listConversations(
        _ input: ListConversations.Input, _ context: Context
    ) async throws -> ListConversations.Output {
        let user = try context.signedIn().subject
        var cursorScope = Array("conversations by event".utf8)
        cursorScope.append(user)
        let start = try cursors.start(of: input.cursor, scope: cursorScope) ?? Int64.max
        let limit = Int(input.limit)
        let found = try await store.read { try Self.page(of: user, before: start, limit: limit + 1, in: $0) }
        let (shown, next) = cursors.page(of: found, limit: limit, scope: cursorScope, \.event)
        return .ok(ConversationList(items: shown.map(\.conversation), nextCursor: next))
    }

    /// A conversation and the position of its last message in the user's event log: the order in which things happened,
    /// whatever the clocks say.
    private struct Entry {
        let conversation: Conversation
        let event: Int64
    }

    private static func page(
        of user: Identifier, before position: Int64, limit: Int, in transaction: any Transaction
    ) throws -> [Entry] {
        let rows = try transaction.all(
            ConversationsQueries.page(userId: user, before: position, limit: Int64(limit)))
        guard !rows.isEmpty else { return [] }
        let profiles = try Profile.load(rows.map { $0.peer(of: user) }, for: user, in: transaction)
        let messages = try Message.load(rows.map(\.lastMessageId), for: user, in: transaction)
        return zip(rows, messages).compactMap { row, last in
            profiles[row.peer(of: user)].map {
                Entry(
                    conversation: Conversation(peer: $0, lastMessage: last, unreadCount: row.unread ?? 0),
                    event: row.event)
            }
        }
    }
}

extension ConversationsQueries.PageRow {
    fileprivate func peer(of user: Identifier) -> Identifier { Pair(lowId, highId).other(than: user) }
}
