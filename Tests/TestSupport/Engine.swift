/// The two database engines that storage tests run on.
package enum Engine: String, Sendable, CaseIterable {
    case sqlite, postgres

    /// The `DATABASE_URL` of a fresh database.
    package func databaseURL(in folder: TemporaryFolder) async throws -> String {
        switch self {
        case .sqlite: "sqlite:\(folder.path)/parley.db"
        case .postgres: try await PostgresServer.shared.value.makeDatabase()
        }
    }
}

/// A semaphore: servers that all run at once take more connections and memory than a machine has.
package actor Turnstile {
    /// The limit for whole servers with a database.
    package static let servers = Turnstile(insideMax: 12)

    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    package init(insideMax: Int) {
        free = insideMax
    }

    package nonisolated func pass(_ body: () async throws -> Void) async rethrows {
        await enter()
        do { try await body() } catch {
            await leave()
            throw error
        }
        await leave()
    }

    private func enter() async {
        if free > 0 { free -= 1 } else { await withCheckedContinuation { waiting.append($0) } }
    }

    private func leave() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }
}
