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
        switch engine {
        case .sqlite:
            let store = try SQLiteStore(path: folder.path + "/parley.db", migrations: Migrations.all)
            try await body(store)
            try store.close()
        case .postgres:
            let address = try PostgresAddress(await engine.databaseURL(in: folder))
            let store = try await PostgresStore.open(address, migrations: Migrations.all, logger: quiet)
            let end: Result<Void, any Error>
            do { end = .success(try await body(store)) } catch { end = .failure(error) }
            await store.close()
            try end.get()
        }
    }
}
