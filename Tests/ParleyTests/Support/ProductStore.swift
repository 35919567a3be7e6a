import Logging
import ParleyContract
import SpecCore
import SpecServer
import SpecStorage
import TestSupport

/// A store on either engine with the product's tables, for the duration of a test.
enum ProductStore {
    /// The codes of cursors and fingerprints.
    static func codes() throws -> HMACKeys {
        try HMACKeys(secrets: [Array("a secret of at least 32 bytes for tests".utf8)], purpose: "tests")
    }

    static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    static func run(
        _ engine: Engine, publisher: (any Publisher)? = nil, _ body: (any Store) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        try await run(at: try await engine.databaseURL(in: folder), Migrations.all, publisher: publisher, body)
    }

    /// Runs `body` on an existing database.
    static func run(
        at url: String, _ migrations: [Migration], publisher: (any Publisher)? = nil,
        _ body: (any Store) async throws -> Void
    ) async throws {
        if url.hasPrefix("sqlite:") {
            let store = try SQLiteStore(
                path: String(url.dropFirst(7)), migrations: migrations, eventLog: FrameworkTables.eventLog,
                publisher: publisher)
            try await body(store)
            return try await store.close()
        }
        let isWhole = migrations.count == Migrations.all.count
        let store = try await PostgresStore.open(
            PostgresAddress(url), migrations: migrations, statements: isWhole ? Statements.all : [],
            eventLog: FrameworkTables.eventLog, publisher: publisher, logger: quiet)
        let end: Result<Void, any Error>
        do { end = .success(try await body(store)) } catch { end = .failure(error) }
        await store.close()
        try end.get()
    }
}
