import Logging
import ParleyContract
import SpecCore
import SpecStorage
import TestSupport

/// A store of either engine with the product's tables, for as long as a test runs.
enum ProductStore {
    static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    static func run(_ engine: Engine, _ body: (any Store) async throws -> Void) async throws {
        let folder = try TemporaryFolder()
        try await run(at: try await engine.databaseURL(in: folder), Migrations.all, body)
    }

    /// Runs `body` on a database that there is.
    static func run(
        at url: String, _ migrations: [Migration], _ body: (any Store) async throws -> Void
    ) async throws {
        if url.hasPrefix("sqlite:") {
            let store = try SQLiteStore(path: String(url.dropFirst(7)), migrations: migrations)
            try await body(store)
            return try store.close()
        }
        let store = try await PostgresStore.open(PostgresAddress(url), migrations: migrations, logger: quiet)
        let end: Result<Void, any Error>
        do { end = .success(try await body(store)) } catch { end = .failure(error) }
        await store.close()
        try end.get()
    }
}
