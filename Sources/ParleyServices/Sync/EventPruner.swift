import ParleyContract
import SpecCore

/// Removes events older than the retention of the logs: 90 days.
struct EventPruner: Sendable {
    static let keptSeconds: Int64 = 90 * 24 * 3_600

    let store: any Store
    /// Number of logs per step, and number of events removed per transaction.
    let batchMax: Int64
    /// Maximum number of transactions per log and step; the rest waits for the next scan.
    let batchesMax: Int

    /// Runs one step of a scan through all logs, in the order of their users.
    ///
    /// - Returns: the place where the scan continues; nil at the end.
    func prune(logsAfter place: Identifier, at time: Timestamp) async throws -> Identifier? {
        let limit = time.adding(seconds: -Self.keptSeconds)
        let logs = try await store.all(EventsQueries.oldest(after: place, limit: batchMax))
        for log in logs { if let first = log.at, first < limit { try await prune(log.userId, before: limit) } }
        return logs.count < batchMax ? nil : logs.last?.userId
    }

    /// Removes events from the beginning of a log only, so that the rest has no gaps.
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
