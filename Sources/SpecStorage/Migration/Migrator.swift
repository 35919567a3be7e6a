import Crypto
import SpecCore

/// Brings a database's schema up to date, step by step, and keeps a record with a checksum of each step.
struct Migrator {
    /// A step that the record names.
    struct Applied {
        let name: String
        let checksum: String
    }

    private let migrations: [Migration]

    init(migrations: [Migration]) {
        self.migrations = migrations
    }

    /// Applies what is missing.
    /// - Throws: ``OpenError`` when a step was edited or the database is newer than the program.
    func run(on history: some MigrationHistory) throws {
        try history.prepare()
        for migration in try missing(in: history) {
            try history.apply(
                StepText("\(history.text(of: migration))"),
                as: Applied(name: "\(migration.name)", checksum: checksum(migration, history)))
        }
    }

    /// The steps that the database does not have yet.
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
        Hexadecimal.text(SHA256.hash(data: Array("\(history.text(of: migration))".utf8)))
    }
}

/// The record of the steps in a database, and the way to take one more.
protocol MigrationHistory {
    /// The step in this engine's dialect.
    func text(of migration: Migration) -> StaticString
    /// Makes the record where there is none.
    func prepare() throws
    /// What the record has, in order.
    func applied() throws -> [Migrator.Applied]
    /// Runs a step and records it, both or neither unless the step says otherwise.
    func apply(_ text: StepText, as step: Migrator.Applied) throws
}
