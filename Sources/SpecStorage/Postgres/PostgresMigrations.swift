import Logging
import SpecCore

/// Migrates a PostgreSQL database. If several nodes start, one migrates and the others wait.
struct PostgresMigrations {
    /// The key of the advisory lock that the migrating node holds: "spec" in ASCII.
    private static let lock = 0x7370_6563
    /// The interval in which a waiting node tries the lock.
    private static let pauseMilliseconds = 100
    /// The number of tries between two log lines.
    private static let pausesPerMessage = 50

    private let connection: PostgresConnection
    private let logger: Logger

    /// - Throws: ``PostgresFailure``.
    init(_ address: PostgresAddress, _ logger: Logger) throws {
        connection = try PostgresConnection(plain: address)
        self.logger = logger
    }

    /// Applies the missing migrations, and prepares every statement once.
    /// - Throws: ``OpenError``, ``PostgresFailure``.
    func run(_ migrations: [Migration], checking statements: [StatementText]) throws {
        try waitForTurn()
        // The lock belongs to the session: it is released with the connection in any case.
        try Migrator(migrations: migrations, logger: logger).run(on: PostgresHistory(connection: connection))
        try PostgresStatementCheck(connection: connection).run(statements)
    }

    /// Polls for the lock: a session that blocks on it in PostgreSQL holds a snapshot, and an index that is built
    /// concurrently would wait for that in turn.
    private func waitForTurn() throws {
        var count = 0
        while try connection.execute("SELECT pg_try_advisory_lock(\(Self.lock))") != [["t"]] {
            if count % Self.pausesPerMessage == 0 { logger.info("waiting for another node that migrates the database") }
            count += 1
            Stopwatch.pause(milliseconds: Self.pauseMilliseconds)
        }
    }
}

/// The migrations of a PostgreSQL database.
struct PostgresHistory: MigrationHistory {
    let connection: PostgresConnection

    func step(of migration: Migration) -> MigrationStep { migration.postgresStep }

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

    func apply(_ step: MigrationStep, as record: Migrator.Applied) throws {
        guard step.statements.isEmpty else {
            for statement in step.statements { try connection.execute(statement) }
            return try save(record)
        }
        try connection.execute("BEGIN")
        try connection.execute(step.text)
        try save(record)
        try connection.execute("COMMIT")
    }

    private func save(_ step: Migrator.Applied) throws {
        try connection.execute(
            """
            INSERT INTO spec_migrations (name, checksum, applied_at)
            VALUES ('\(step.name)', '\(step.checksum)', \(Timestamp.now().milliseconds))
            """)
    }
}
