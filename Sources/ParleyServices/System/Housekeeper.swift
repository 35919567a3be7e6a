package import Logging
import ParleyContract
import ServiceLifecycle
package import SpecCore

/// Removes rows that nobody can use any more, a bounded piece at a time, until the server stops.
package struct Housekeeper: Service {
    /// How far the walks through what has no index of times have come.
    package struct Places: Sendable, Equatable {
        fileprivate static let start = Identifier(high: 0, low: 0)

        fileprivate var session = start
        fileprivate var log = start
        fileprivate var factor = start
        /// How many second factors of this walk so far are sealed with a secret that is gone.
        fileprivate var lostFactors = 0

        /// Before everything.
        package init() {}
    }

    private static let pauseSeconds = 60
    /// How many rows one change removes, or one step of a walk looks at.
    private static let batchMax: Int64 = 500
    /// How many changes one sweep makes per kind; the rest waits for the next.
    private static let batchesMax = 200

    private let store: any Store
    private let secondFactor: SecondFactor
    private let operations: [Operation]
    private let logger: Logger
    private let now: @Sendable () -> Timestamp

    /// - Parameter operations: what the server serves; they say for how long their answers are kept.
    package init(
        store: any Store, secondFactor: SecondFactor, operations: [Operation], logger: Logger,
        now: @escaping @Sendable () -> Timestamp
    ) {
        self.store = store
        self.secondFactor = secondFactor
        self.operations = operations
        self.logger = logger
        self.now = now
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            var places = Places()
            while !Task.isCancelled {
                places = await sweep(from: places)
                try? await Task.sleep(for: .seconds(Self.pauseSeconds))
            }
        }
    }

    /// One piece of everything. What fails does not keep the rest from being done.
    /// - Returns: where the walks go on; they begin again at the end.
    package func sweep(from places: Places) async -> Places {
        let time = now()
        await step { try await prune(TwoFactorQueries.pruneChallenges(now: time, limit: Self.batchMax)) }
        await step { try await prune(AccountsQueries.pruneTokens(now: time, limit: Self.batchMax)) }
        await step { try await pruneAnswers(at: time) }
        let events = EventPruner(store: store, batchMax: Self.batchMax, batchesMax: Self.batchesMax)
        var next = Places()
        next.session = await walk(from: places.session) { try await pruneSessions(after: $0, at: time) }
        next.log = await walk(from: places.log) { try await events.prune(logsAfter: $0, at: time) }
        next.lostFactors = places.lostFactors
        next.factor = await walk(from: places.factor) { try await refreshFactors(behind: $0, &next.lostFactors) }
        return next
    }

    private func step(_ body: () async throws -> Void) async {
        do {
            try await body()
        } catch {
            logger.error("what is old cannot be removed: \(error)")
        }
    }

    /// - Parameter body: one step of a walk; nil at its end.
    private func walk(
        from place: Identifier, _ body: (Identifier) async throws -> Identifier?
    ) async -> Identifier {
        // What cannot be done now is tried again the next time.
        var next = place
        await step { next = try await body(place) ?? Places.start }
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

    private func refreshFactors(behind place: Identifier, _ lostCount: inout Int) async throws -> Identifier? {
        let step = try await secondFactor.secrets.refresh(behind: place, limit: Self.batchMax, in: store)
        lostCount += step.lostCount
        if step.place == nil, lostCount > 0 {
            logger.error(
                """
                codes of \(lostCount) authenticators are refused: the secret that sealed them is not in JWT_SECRET any \
                more; put it back behind the first until they are sealed anew
                """)
            lostCount = 0
        }
        return step.place
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
