import Crypto
import Logging
import SpecCore

/// Applies the missing migrations to a database and records each with a checksum.
struct Migrator {
    /// An applied migration, as recorded in the database.
    struct Applied {
        let name: String
        let checksum: String
    }

    private let migrations: [Migration]
    private let logger: Logger?

    /// - Parameter logger: notes each applied migration.
    init(migrations: [Migration], logger: Logger? = nil) {
        self.migrations = migrations
        self.logger = logger
    }

    /// Applies the missing migrations.
    /// - Throws: ``OpenError`` if a migration was edited or the database is newer than the program.
    func run(on history: some MigrationHistory) throws {
        try history.prepare()
        for migration in try missing(in: history) {
            let start = Stopwatch.milliseconds
            try history.apply(
                history.step(of: migration),
                as: Applied(name: "\(migration.name)", checksum: checksum(migration, history)))
            logger?.info(
                "migration applied",
                metadata: ["migration": "\(migration.name)", "durationMs": "\(Stopwatch.milliseconds - start)"])
        }
    }

    /// The migrations that the database does not have yet.
    func missing(in history: some MigrationHistory) throws -> [Migration] {
        let applied = try history.applied()
        for step in applied {
            guard let known = migrations.first(where: { "\($0.name)" == step.name }) else {
                throw OpenError.newer(step.name)
            }
            guard checksum(known, history) == step.checksum else { throw OpenError.edited(step.name) }
        }
        return migrations.filter { migration in !applied.contains { $0.name == "\(migration.name)" } }
    }

    private func checksum(_ migration: Migration, _ history: some MigrationHistory) -> String {
        Hexadecimal.text(SHA256.hash(data: Array(history.step(of: migration).text.utf8)))
    }
}

/// The record of the applied migrations of a database.
protocol MigrationHistory {
    /// The migration in this engine's dialect.
    func step(of migration: Migration) -> MigrationStep
    /// Creates the record if it does not exist.
    func prepare() throws
    /// The recorded migrations, in order.
    func applied() throws -> [Migrator.Applied]
    /// Runs a migration and records it, atomically unless the migration says otherwise.
    func apply(_ step: MigrationStep, as record: Migrator.Applied) throws
}
