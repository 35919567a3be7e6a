public import Logging
public import ServiceLifecycle
public import SpecCore

/// Removes expired responses of idempotent requests in bounded batches until the server stops.
public struct IdempotencyPruner: Service {
    private static let pauseSeconds = 60
    /// The number of rows that one transaction removes.
    private static let batchMax = 500
    /// The maximum number of transactions per operation and run; the rest waits for the next run.
    private static let batchesMax = 200

    private let store: DatabaseIdempotencyStore
    private let operations: [Operation]
    private let logger: Logger

    /// - Parameter operations: the operations of the server, with the retention of their responses.
    public init(store: DatabaseIdempotencyStore, operations: [Operation], logger: Logger) {
        self.store = store
        self.operations = operations
        self.logger = logger
    }

    public func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                await prune()
                try? await Task.sleep(for: .seconds(Self.pauseSeconds))
            }
        }
    }

    /// Removes what has expired by now.
    public func prune() async {
        do {
            for operation in operations {
                if let idempotency = operation.idempotency { try await prune(operation.id, idempotency.keepSeconds) }
            }
        } catch {
            logger.error("expired responses could not be removed: \(error)")
        }
    }

    private func prune(_ operation: String, _ keepSeconds: Int) async throws {
        for _ in 0..<Self.batchesMax {
            let count = try await store.prune(operation, keepSeconds: keepSeconds, limit: Self.batchMax)
            guard count == Self.batchMax else { return }
        }
    }
}
