package import Logging
import ParleyContract
import ServiceLifecycle
package import SpecCore

/// Forgets, every hour, the events that are older than a log reaches back: 90 days.
package struct EventPruner: Service {
    static let keptSeconds: Int64 = 90 * 24 * 3_600
    static let pauseSeconds = 3_600
    /// How many logs are looked at together, and how many events of one go in one change.
    private static let batchMax = 500

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
            while !Task.isCancelled {
                await pruneOrWarn()
                try? await Task.sleep(for: .seconds(Self.pauseSeconds))
            }
        }
    }

    private func pruneOrWarn() async {
        do {
            try await prune()
        } catch {
            logger.warning("old events were not forgotten; they wait for the next time: \(error)")
        }
    }

    /// Goes through all logs once.
    package func prune() async throws {
        let limit = now().adding(seconds: -Self.keptSeconds)
        var last = Identifier(high: 0, low: 0)
        while !Task.isCancelled {
            let logs = try await store.all(EventsQueries.oldest(after: last, limit: Int64(Self.batchMax)))
            for log in logs { if let first = log.at, first < limit { try await prune(log.userId, before: limit) } }
            guard logs.count == Self.batchMax else { return }
            last = logs[logs.count - 1].userId
        }
    }

    /// Takes the beginning of a log away and nothing from its middle, so that the rest has no gaps.
    private func prune(_ user: Identifier, before limit: Timestamp) async throws {
        while !Task.isCancelled {
            let rows = try await store.all(
                EventsQueries.behind(userId: user, after: 0, limit: Int64(Self.batchMax)))
            let old = rows.prefix { $0.at < limit }
            guard let last = old.last else { return }
            _ = try await store.write { try $0.execute(EventsQueries.forget(userId: user, upTo: last.seq)) }
            guard old.count == Self.batchMax else { return }
        }
    }
}
