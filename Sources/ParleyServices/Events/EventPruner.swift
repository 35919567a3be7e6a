import ParleyContract
import SpecCore

/// Forgets the events that are older than a log reaches back: 90 days.
struct EventPruner: Sendable {
    static let keptSeconds: Int64 = 90 * 24 * 3_600
    /// How many logs one step looks at, and how many events of one go in one change.
    private static let batchMax = 500
    /// How many changes one step makes per log; the rest waits for the next time.
    private static let batchesMax = 20

    let store: any Store

    /// Looks at the logs of the next users.
    /// - Returns: where to go on; the beginning again behind the last log.
    func prune(after place: Identifier, at now: Timestamp) async throws -> Identifier {
        let limit = now.adding(seconds: -Self.keptSeconds)
        let logs = try await store.all(EventsQueries.oldest(after: place, limit: Int64(Self.batchMax)))
        for log in logs { if let first = log.at, first < limit { try await prune(log.userId, before: limit) } }
        return logs.count < Self.batchMax ? Identifier(high: 0, low: 0) : logs[logs.count - 1].userId
    }

    /// Takes the beginning of a log away and nothing from its middle, so that the rest has no gaps.
    private func prune(_ user: Identifier, before limit: Timestamp) async throws {
        for _ in 0..<Self.batchesMax {
            let rows = try await store.all(
                EventsQueries.behind(userId: user, after: 0, limit: Int64(Self.batchMax)))
            let old = rows.prefix { $0.at < limit }
            guard let last = old.last else { return }
            _ = try await store.write { try $0.execute(EventsQueries.forget(userId: user, upTo: last.seq)) }
            guard old.count == Self.batchMax else { return }
        }
    }
}
