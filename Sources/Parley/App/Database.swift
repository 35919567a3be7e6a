import Logging
import ParleyContract
import SpecCore
import SpecStorage

/// The store that `DATABASE_URL` names, open.
struct Database: Sendable {
    let store: any Store
    /// What other nodes of the same database say; nil where it has no other nodes.
    let bus: (any Bus)?
    /// Answers what is under way and lets the database go.
    let close: @Sendable () async throws -> Void

    /// Opens it and brings its schema up to date.
    /// - Throws: ``SettingsError`` when it cannot be opened.
    static func open(_ settings: Settings, _ logger: Logger) async throws -> Database {
        do {
            switch settings.database {
            case .sqlite(let path):
                let store = try SQLiteStore(path: path, migrations: Migrations.all)
                return Database(store: store, bus: nil, close: { try store.close() })
            case .postgres(let address):
                let store = try await PostgresStore.open(address, migrations: Migrations.all, logger: logger)
                return Database(store: store, bus: store, close: { await store.close() })
            }
        } catch let error as OpenError {
            throw SettingsError("DATABASE_URL", "\(error)")
        }
    }

    /// What the database has otherwise than the migrations and the schema say. Changes nothing.
    /// - Throws: ``SettingsError`` when it cannot be read.
    static func differences(_ settings: Settings) async throws -> [String] {
        let (migrations, schema) = (Migrations.all, Migrations.schema)
        do {
            switch settings.database {
            case .sqlite(let path):
                return try SQLiteStore.differences(path: path, migrations: migrations, schema: schema)
            case .postgres(let address):
                return try await PostgresStore.differences(address, migrations: migrations, schema: schema)
            }
        } catch let error as OpenError {
            throw SettingsError("DATABASE_URL", "\(error)")
        }
    }
}
