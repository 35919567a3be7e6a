package import ParleyContract
package import SpecCore

/// Emoji reactions to messages.
package struct Reactions: ReactionsService {
    /// Maximum number of different emojis on a message.
    static let kindsMax = 20

    private let store: any Store
    private let now: @Sendable () -> Timestamp

    package init(store: any Store, now: @escaping @Sendable () -> Timestamp) {
        self.store = store
        self.now = now
    }

    package func addReaction(_ input: AddReaction.Input, _ context: Context) async throws -> AddReaction.Output {
        let change = ReactionChange(id: input.messageId, user: try context.signedIn().subject, now: now())
        return try await store.write { try change.add(input.body.emoji, in: $0) }
    }

    package func removeReaction(
        _ input: RemoveReaction.Input, _ context: Context
    ) async throws -> RemoveReaction.Output {
        let change = ReactionChange(id: input.messageId, user: try context.signedIn().subject, now: now())
        try await store.write { try change.remove(input.reactionId, in: $0) }
        return .noContent
    }
}
