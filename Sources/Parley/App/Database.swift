import Logging
import ParleyContract
import SpecCore
import SpecStorage

/// The store that `DATABASE_URL` names, open.
struct Database: Sendable {
    let store: any Store
    /// The bus to the nodes on the same database.
    let bus: any Bus
    /// Waits for statements in progress and closes the database.
    let close: @Sendable () async throws -> Void

    /// Opens it and applies pending migrations.
    /// - Parameter publisher: hears of committed events and ended sessions; nil for commands that make no changes.
    /// - Throws: ``SettingsError`` if it cannot be opened.
    static func open(
        _ settings: ServerSettings, publisher: (any Publisher)?, _ logger: Logger
    ) async throws -> Database {
        try await naming { try await opened(settings, publisher: publisher, logger) }
    }

    /// Opens it unless a server uses its file.
    /// - Returns: nil for a file in use.
    /// - Throws: ``SettingsError`` if it cannot be opened.
    static func openIfFree(_ settings: ServerSettings, _ logger: Logger) async throws -> Database? {
        try await naming {
            do {
                return try await opened(settings, publisher: nil, logger)
            } catch OpenError.inUse {
                return nil
            }
        }
    }

    private static func opened(
        _ settings: ServerSettings, publisher: (any Publisher)?, _ logger: Logger
    ) async throws -> Database {
        switch settings.database {
        case .sqlite(let path):
            let store = try SQLiteStore(
                path: path, migrations: Migrations.all, eventLog: FrameworkTables.eventLog, publisher: publisher,
                logger: logger)
            return Database(store: store, bus: store, close: { try await store.close() })
        case .postgres(let address):
            let store = try await PostgresStore.open(
                address, migrations: Migrations.all, statements: Statements.all, eventLog: FrameworkTables.eventLog,
                publisher: publisher, connections: settings.databaseConnections, logger: logger)
            return Database(store: store, bus: store, close: { await store.close() })
        }
    }

    /// The state of the database before a start. Changes nothing.
    /// - Throws: ``SettingsError`` if it cannot be used.
    static func state(_ settings: ServerSettings) async throws -> DatabaseState {
        try await naming {
            switch settings.database {
            case .sqlite(let path): return try SQLiteStore.state(path: path, migrations: Migrations.all)
            case .postgres(let address):
                return try await PostgresStore.state(
                    address, migrations: Migrations.all, statements: Statements.all)
            }
        }
    }

    /// The differences between the database and the migrations or the schema. Changes nothing.
    /// - Throws: ``SettingsError`` if it cannot be read.
    static func drift(_ settings: ServerSettings) async throws -> [String] {
        let (migrations, schema) = (Migrations.all, Migrations.schema)
        return try await naming {
            switch settings.database {
            case .sqlite(let path):
                return try SQLiteStore.drift(path: path, migrations: migrations, schema: schema)
            case .postgres(let address):
                return try await PostgresStore.drift(address, migrations: migrations, schema: schema)
            }
        }
    }

    private static func naming<Value>(_ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch let error as OpenError {
            throw SettingsError("DATABASE_URL", "\(error)")
        }
    }
}
