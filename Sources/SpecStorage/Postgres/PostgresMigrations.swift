import Logging
import SpecCore

/// Migrates a PostgreSQL; of several nodes one does, the others wait for it.
struct PostgresMigrations {
    /// The name of the lock that the migrating node holds: "spec" in ASCII.
    private static let lock = 0x7370_6563
    /// How often a node that waits for another looks again.
    private static let pauseMilliseconds = 100
    /// How often it says so.
    private static let pausesPerMessage = 50

    private let connection: PostgresConnection
    private let logger: Logger

    /// - Throws: ``PostgresFailure``.
    init(_ address: PostgresAddress, _ logger: Logger) throws {
        connection = try PostgresConnection(plain: address)
        self.logger = logger
    }

    /// - Throws: ``OpenError``, ``PostgresFailure``.
    func run(_ migrations: [Migration]) throws {
        try waitForTurn()
        // The lock is the session's: it goes with the connection, whatever happens.
        try Migrator(migrations: migrations).run(on: PostgresHistory(connection: connection))
    }

    /// Asks again and again: whoever waits inside of PostgreSQL holds a snapshot, for which an index that is built
    /// concurrently would wait in turn.
    private func waitForTurn() throws {
        var count = 0
        while try connection.execute("SELECT pg_try_advisory_lock(\(Self.lock))") != [["t"]] {
            if count % Self.pausesPerMessage == 0 { logger.info("another node migrates the database; waiting for it") }
            count += 1
            Stopwatch.pause(milliseconds: Self.pauseMilliseconds)
        }
    }
}

/// The migrations of a PostgreSQL database.
struct PostgresHistory: MigrationHistory {
    let connection: PostgresConnection

    func text(of migration: Migration) -> StaticString { migration.postgres }

    func prepare() throws {
        try connection.execute(
            """
            SET client_min_messages = warning;
            CREATE TABLE IF NOT EXISTS spec_migrations (
                name text PRIMARY KEY, checksum text NOT NULL, applied_at bigint NOT NULL
            )
            """)
    }

    func applied() throws -> [Migrator.Applied] {
        try connection.execute("SELECT name, checksum FROM spec_migrations ORDER BY name").map {
            Migrator.Applied(name: $0[0], checksum: $0[1])
        }
    }

    func apply(_ text: StepText, as step: Migrator.Applied) throws {
        if text.isWithoutTransaction {
            for statement in text.statements { try connection.execute(statement) }
            try record(step)
        } else {
            try connection.execute("BEGIN")
            try connection.execute(text.text)
            try record(step)
            try connection.execute("COMMIT")
        }
    }

    private func record(_ step: Migrator.Applied) throws {
        try connection.execute(
            """
            INSERT INTO spec_migrations (name, checksum, applied_at)
            VALUES ('\(step.name)', '\(step.checksum)', \(Timestamp.now().milliseconds))
            """)
    }
}
