package import ParleyContract
package import SpecCore

/// Delivery statuses of messages: sent, delivered, read.
package struct Statuses: StatusesService {
    private let store: any Store
    private let now: @Sendable () -> Timestamp

    package init(store: any Store, now: @escaping @Sendable () -> Timestamp) {
        self.store = store
        self.now = now
    }

    package func updateMessageStatus(
        _ input: UpdateMessageStatus.Input, _ context: Context
    ) async throws -> UpdateMessageStatus.Output {
        let step = StatusStep(
            id: input.messageId, status: input.body.status == .read ? .read : .delivered,
            caller: try context.signedIn(), now: now())
        return .ok(try await store.write { try step.take(in: $0) })
    }

    package func messageStatusHistory(
        _ input: MessageStatusHistory.Input, _ context: Context
    ) async throws -> MessageStatusHistory.Output {
        let viewer = try context.signedIn().subject
        let steps = try await store.read { transaction in
            let message = try transaction.first(MessagesTable.find(id: input.messageId))
            guard let message, message.concerns(viewer) else {
                throw Problem(.notFound, "There is no such message.")
            }
            return try StatusHistory(of: message, for: viewer).steps(in: transaction)
        }
        return .ok(MessageStatusList(items: steps, nextCursor: nil))
    }
}
