package import Logging
import ParleyContract
import ServiceLifecycle
package import SpecCore

/// Stores last-seen times every few seconds, and once more at shutdown.
package struct LastSeenWriter: Service {
    static let pauseSeconds = 5
    /// Number of users per statement.
    private static let batchMax = 1_000

    private let lastSeen: LastSeen
    private let store: any Store
    private let logger: Logger

    package init(lastSeen: LastSeen, store: any Store, logger: Logger) {
        self.lastSeen = lastSeen
        self.store = store
        self.logger = logger
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                try? await Task.sleep(for: .seconds(Self.pauseSeconds))
                if !Task.isCancelled { await write() }
            }
        }
        await write()
    }

    func write() async {
        let noted = lastSeen.begin()
        do {
            try await write(noted.sorted { $0.key < $1.key })
            lastSeen.end(isWritten: true)
        } catch {
            lastSeen.end(isWritten: false)
            logger.warning("the last-seen times could not be stored and are retried later: \(error)")
        }
    }

    private func write(_ noted: [(key: Identifier, value: Timestamp)]) async throws {
        for start in stride(from: 0, to: noted.count, by: Self.batchMax) {
            let batch = noted[start..<min(start + Self.batchMax, noted.count)]
            let query = PresenceQueries.note(ids: batch.map(\.key), times: batch.map(\.value))
            _ = try await store.write { try $0.execute(query) }
        }
    }
}
