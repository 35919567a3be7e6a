package import Logging
import ParleyContract
import ServiceLifecycle
package import SpecCore

/// Writes when users were last here to their rows, every few seconds and once more when the server stops.
package struct LastSeenWriter: Service {
    static let pauseSeconds = 5
    /// How many users one statement writes.
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
            logger.warning("when users were last here was not written; it waits for the next time: \(error)")
        }
    }

    private func write(_ noted: [(key: Identifier, value: Timestamp)]) async throws {
        for start in stride(from: 0, to: noted.count, by: Self.batchMax) {
            let batch = noted[start..<min(start + Self.batchMax, noted.count)]
            let query = PresenceQueries.note(
                ids: batch.map(\.key).packed, times: batch.map { Self.digits($0.value) }.joined())
            _ = try await store.write { try $0.execute(query) }
        }
    }

    /// Sixteen digits, as the statement cuts them.
    private static func digits(_ time: Timestamp) -> String {
        let text = String(max(0, time.milliseconds))
        return String(repeating: "0", count: max(0, 16 - text.count)) + text
    }
}
