package import Logging
import ParleyContract
import ServiceLifecycle
package import SpecCore

/// Removes rows and files that nobody can use any more, a bounded piece at a time, until the server stops.
package struct Housekeeper: Service {
    /// How far the walks through what has no index of times have come.
    package struct Places: Sendable, Equatable {
        fileprivate var session = Identifier(high: 0, low: 0)
        fileprivate var log = Identifier(high: 0, low: 0)
        fileprivate var factor = Identifier(high: 0, low: 0)
        fileprivate var file = LeftFiles.Place()

        /// Before everything.
        package init() {}
    }

    private static let pauseSeconds = 60
    /// How many rows one change removes, or one step of a walk looks at.
    private static let batchMax: Int64 = 500
    /// How many changes one sweep makes per kind; the rest waits for the next.
    private static let batchesMax = 20

    private let store: any Store
    private let objects: any MediaStore
    private let secondFactor: SecondFactor
    private let operations: [Operation]
    private let logger: Logger
    private let now: @Sendable () -> Timestamp

    /// - Parameter operations: what the server serves; they say for how long their answers are kept.
    package init(
        store: any Store, objects: any MediaStore, secondFactor: SecondFactor, operations: [Operation], logger: Logger,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.store = store
        self.objects = objects
        self.secondFactor = secondFactor
        self.operations = operations
        self.logger = logger
        self.now = now
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            var places = Places()
            while !Task.isCancelled {
                do {
                    places = try await sweep(from: places)
                } catch {
                    logger.error("what is old cannot be removed: \(error)")
                }
                try? await Task.sleep(for: .seconds(Self.pauseSeconds))
            }
        }
    }

    /// One piece of everything.
    /// - Returns: where the walks go on; they begin again at the end.
    package func sweep(from places: Places) async throws -> Places {
        let time = now()
        try await prune(TwoFactorQueries.pruneChallenges(now: time, limit: Self.batchMax))
        try await prune(AccountsQueries.pruneTokens(now: time, limit: Self.batchMax))
        try await pruneAnswers(at: time)
        let events = EventPruner(store: store, batchMax: Self.batchMax, batchesMax: Self.batchesMax)
        var next = Places()
        if let place = try await pruneSessions(after: places.session, at: time) { next.session = place }
        if let place = try await events.prune(logsAfter: places.log, at: time) { next.log = place }
        let factors = secondFactor.secrets
        if let place = try await factors.refresh(behind: places.factor, limit: Self.batchMax, in: store) {
            next.factor = place
        }
        let files = LeftFiles(store: store, objects: objects)
        next.file = try await files.sweep(from: places.file, limit: Int(Self.batchMax), at: time)
        return next
    }

    private func prune(_ query: Query<Void>) async throws {
        for _ in 0..<Self.batchesMax {
            guard try await store.write({ try $0.execute(query) }) >= Self.batchMax else { return }
        }
    }

    private func pruneAnswers(at time: Timestamp) async throws {
        for operation in operations {
            guard let idempotency = operation.idempotency else { continue }
            let keptSince = time.earlier(bySeconds: idempotency.keepSeconds)
            try await prune(
                IdempotencyQueries.prune(operation: operation.id, keptSince: keptSince, limit: Self.batchMax))
        }
    }

    private func pruneSessions(after place: Identifier, at time: Timestamp) async throws -> Identifier? {
        let rows = try await store.all(SessionsTable.page(id: place, limit: Self.batchMax))
        let over = rows.filter { $0.endedAt != nil || SessionLife.isOver($0, at: time) }
        if !over.isEmpty {
            try await store.write { for row in over { try $0.execute(SessionsTable.delete(id: row.id)) } }
        }
        return rows.count < Self.batchMax ? nil : rows.last?.id
    }
}
