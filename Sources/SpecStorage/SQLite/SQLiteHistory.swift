import GRDB
import SpecCore

/// The migrations of a SQLite file.
struct SQLiteHistory: MigrationHistory {
    let database: Database

    func step(of migration: Migration) -> MigrationStep { migration.sqliteStep }

    func prepare() throws {
        try database.execute(
            sql: """
                CREATE TABLE IF NOT EXISTS spec_migrations (
                    name TEXT PRIMARY KEY NOT NULL, checksum TEXT NOT NULL, applied_at INTEGER NOT NULL
                ) STRICT
                """)
    }

    func applied() throws -> [Migrator.Applied] {
        try Row.fetchAll(database, sql: "SELECT name, checksum FROM spec_migrations ORDER BY name").map {
            Migrator.Applied(name: $0[0], checksum: $0[1])
        }
    }

    func apply(_ step: MigrationStep, as record: Migrator.Applied) throws {
        try step.run(on: database) {
            try database.execute(
                sql: "INSERT INTO spec_migrations (name, checksum, applied_at) VALUES (?, ?, ?)",
                arguments: [record.name, record.checksum, Timestamp.now().milliseconds])
        }
    }
}
