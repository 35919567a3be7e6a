import ParleyContract
import SpecCore

/// Forgets the events that are older than a log reaches back: 90 days.
struct EventPruner: Sendable {
    static let keptSeconds: Int64 = 90 * 24 * 3_600

    let store: any Store
    /// How many logs one step looks at, and how many events one change forgets.
    let batchMax: Int64
    /// How many changes one step makes for one log; the rest waits for the walk to come round again.
    let batchesMax: Int

    /// One step of a walk through all logs, in the order of their users.
    /// - Returns: where the walk goes on; nil at the end.
    func prune(logsAfter place: Identifier, at time: Timestamp) async throws -> Identifier? {
        let limit = time.adding(seconds: -Self.keptSeconds)
        let logs = try await store.all(EventsQueries.oldest(after: place, limit: batchMax))
        for log in logs { if let first = log.at, first < limit { try await prune(log.userId, before: limit) } }
        return logs.count < batchMax ? nil : logs.last?.userId
    }

    /// Takes the beginning of a log away and nothing from its middle, so that the rest has no gaps.
    private func prune(_ user: Identifier, before limit: Timestamp) async throws {
        for _ in 0..<batchesMax {
            let rows = try await store.all(EventsQueries.behind(userId: user, after: 0, limit: batchMax))
            let old = rows.prefix { $0.at < limit }
            guard let last = old.last else { return }
            _ = try await store.write { try $0.execute(EventsQueries.forget(userId: user, upTo: last.seq)) }
            guard old.count == batchMax else { return }
        }
    }
}
