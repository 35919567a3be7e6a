package import Logging
import ParleyContract
import ServiceLifecycle
package import SpecCore

/// Removes rows that nobody can use any more, a bounded piece at a time, until the server stops.
package struct Housekeeper: Service {
    private static let pauseSeconds = 60
    /// How many rows one change removes, or one step of a walk looks at.
    private static let batchMax: Int64 = 500
    /// How many changes one sweep makes per kind; the rest waits for the next.
    private static let batchesMax = 20
    /// For how long a request can be repeated (contract, "retries").
    private static let repeatableSeconds: Int64 = 24 * 3_600

    /// The place before every session.
    package static let start = Identifier(high: 0, low: 0)

    private let store: any Store
    private let logger: Logger
    private let now: @Sendable () -> Timestamp

    package init(store: any Store, logger: Logger, now: @escaping @Sendable () -> Timestamp) {
        self.store = store
        self.logger = logger
        self.now = now
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            var place = Self.start
            while !Task.isCancelled {
                do {
                    place = try await sweep(sessionsAfter: place)
                } catch {
                    logger.error("old rows cannot be removed: \(error)")
                }
                try? await Task.sleep(for: .seconds(Self.pauseSeconds))
            }
        }
    }

    /// One piece of everything. Sessions have no index of times, so they are walked through.
    /// - Returns: where the walk goes on; it begins again at the end.
    package func sweep(sessionsAfter place: Identifier) async throws -> Identifier {
        let time = now()
        try await prune(TwoFactorQueries.pruneChallenges(now: time, limit: Self.batchMax))
        try await prune(AccountsQueries.pruneTokens(now: time, limit: Self.batchMax))
        try await prune(
            AccountsQueries.pruneIdempotencyKeys(
                before: time.adding(seconds: -Self.repeatableSeconds), limit: Self.batchMax))
        return try await pruneSessions(after: place, at: time)
    }

    private func prune(_ query: Query<Void>) async throws {
        for _ in 0..<Self.batchesMax {
            guard try await store.write({ try $0.execute(query) }) >= Self.batchMax else { return }
        }
    }

    private func pruneSessions(after place: Identifier, at time: Timestamp) async throws -> Identifier {
        let rows = try await store.all(SessionsTable.page(id: place, limit: Self.batchMax))
        let over = rows.filter { $0.endedAt != nil || SessionLife.isOver($0, at: time) }
        if !over.isEmpty {
            try await store.write { for row in over { try $0.execute(SessionsTable.delete(id: row.id)) } }
        }
        return rows.count < Self.batchMax ? Self.start : rows[rows.count - 1].id
    }
}
