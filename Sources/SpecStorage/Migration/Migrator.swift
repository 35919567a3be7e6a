import Crypto
import GRDB
import SpecCore

/// Brings a database's schema up to date, step by step, and keeps a record with a checksum of each step.
struct Migrator {
    private let migrations: [Migration]

    init(migrations: [Migration]) {
        self.migrations = migrations
    }

    /// Applies what is missing, each step in a transaction of its own.
    /// - Throws: ``OpenError`` when a step was edited or the database is newer than the program.
    func run(on database: Database) throws {
        try database.execute(
            sql: """
                CREATE TABLE IF NOT EXISTS spec_migrations (
                    name TEXT PRIMARY KEY NOT NULL, checksum TEXT NOT NULL, applied_at INTEGER NOT NULL
                ) STRICT
                """)
        for migration in try pending(on: database) { try apply(migration, on: database) }
    }

    private func pending(on database: Database) throws -> [Migration] {
        let rows = try Row.fetchAll(database, sql: "SELECT name, checksum FROM spec_migrations ORDER BY name")
        let applied = rows.map { (name: $0[0] as String, checksum: $0[1] as String) }
        for row in applied {
            guard let known = migrations.first(where: { "\($0.name)" == row.name }) else {
                throw OpenError.newer(row.name)
            }
            guard Self.checksum(known) == row.checksum else { throw OpenError.edited(row.name) }
        }
        return migrations.filter { migration in !applied.contains { $0.name == "\(migration.name)" } }
    }

    private func apply(_ migration: Migration, on database: Database) throws {
        try StepText("\(migration.sqlite)").run(on: database) {
            try database.execute(
                sql: "INSERT INTO spec_migrations (name, checksum, applied_at) VALUES (?, ?, ?)",
                arguments: ["\(migration.name)", Self.checksum(migration), Timestamp.now().milliseconds])
        }
    }

    private static func checksum(_ migration: Migration) -> String {
        SHA256.hash(data: Array("\(migration.sqlite)".utf8)).map { byte in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }
}
