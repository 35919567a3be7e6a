public import Logging
public import SpecCore

/// A store in a PostgreSQL database that several nodes can share.
///
/// Reads and named writes of many callers are pipelined over a few connections; changes and reads of several steps have
/// their own connections and threads. One more connection listens for announcements, another sends them.
public final class PostgresStore: Store {
    /// The default number of connections.
    public static let connectionsDefault = 13
    /// The minimum number of connections: one for each purpose.
    public static let connectionsMin = 5

    /// The bounds of the reads: while one connection waits for its batch, the other builds one.
    static let reads = Pipeline.Bounds(
        waitingMax: 8_192, batchMax: 256, batchBytesMax: 1 << 20, batchesMax: 1, besideMin: 1)
    /// The bounds of the named writes. A batch is a group that shares its commit; the second connection takes a batch
    /// of other rows if enough writes wait. A second batch in flight on the same connection was measured: writes became
    /// slightly slower.
    static let writes = Pipeline.Bounds(
        waitingMax: 8_192, batchMax: 256, batchBytesMax: 1 << 20, batchesMax: 1, besideMin: 16)

    private let reads: Pipeline
    private let writes: Pipeline
    private let sessions: SessionPool
    private let listener: PostgresListener
    private let announcer: PostgresAnnouncer

    /// Connects and migrates the schema; of several nodes that start at once, one migrates and the others wait.
    /// - Parameters:
    ///   - statements: all statements that will run; the server prepares each once, so that a text that it refuses is
    ///     found here.
    ///   - eventLog: the log that changes emit events to.
    ///   - publisher: hears of the events and ended sessions of committed changes.
    ///   - connections: the number of connections, at least ``connectionsMin``. A server that has room for fewer is used
    ///     with those, as long as there is one for each purpose.
    /// - Throws: ``OpenError``, or ``ConfigurationError`` for too few connections.
    public static func open(
        _ address: PostgresAddress, migrations: [Migration], statements: [StatementText] = [],
        eventLog: EventLogTable? = nil, publisher: (any Publisher)? = nil, connections: Int = connectionsDefault,
        logger: Logger
    ) async throws -> PostgresStore {
        let budget = try ConnectionBudget(connections)
        return try await OwnThread.value {
            do {
                try PostgresServerCheck(address: address).run()
                try PostgresMigrations(address, logger).run(migrations, checking: statements)
                return try PostgresStore(
                    address, budget, AfterCommit(eventLog: eventLog, publisher: publisher),
                    logger)
            } catch let failure as PostgresFailure {
                throw OpenError.unusable(address.description, failure.message)
            }
        }
    }

    private init(
        _ address: PostgresAddress, _ budget: ConnectionBudget, _ afterCommit: AfterCommit, _ logger: Logger
    ) throws {
        // One for each purpose first; of the others as many as there is room for.
        var readers = [try PostgresConnection.open(address, isReadOnly: true)]
        var writers = [try PostgresConnection.open(address)]
        sessions = SessionPool(
            address: address, first: try PostgresConnection.open(address), sessionsMax: budget.sessions,
            afterCommit: afterCommit)
        announcer = PostgresAnnouncer(address: address, logger: logger)
        listener = PostgresListener(address: address, logger: logger)
        while readers.count < budget.reads, let more = try? PostgresConnection.open(address, isReadOnly: true) {
            readers.append(more)
        }
        while writers.count < budget.writes, let more = try? PostgresConnection.open(address) { writers.append(more) }
        reads = Pipeline(
            .reads, Self.reads, address: address, count: budget.reads, connections: readers, afterCommit: afterCommit)
        writes = Pipeline(
            .writes, Self.writes, address: address, count: budget.writes, connections: writers,
            afterCommit: afterCommit)
    }

    public func all<Row>(_ query: Query<Row>) async throws -> [Row] { try await reads.all(query) }

    public func run<Row>(_ write: NamedWrite<Row>) async throws -> [Row] { try await writes.run(write) }

    public func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result {
        try await sessions.run(.read, body)
    }

    public func write<Result: Sendable>(
        _ body: @escaping @Sendable (any Transaction) throws -> Result
    ) async throws -> Result {
        try await sessions.run(.write, body)
    }

    /// Writes a row as it is, before the named writes that wait.
    public func check() async throws { _ = try await writes.run(Self.rewrite, isUrgent: true) }

    private static let rewrite = NamedWrite<Void>(
        "rewrite", sqlite: [],
        postgres: """
            UPDATE spec_migrations SET applied_at = applied_at WHERE name = (SELECT min(name) FROM spec_migrations)
            """, [])

    /// Finishes the work in progress and closes the connections.
    public func close() async {
        await reads.close()
        await writes.close()
        await sessions.close()
        await announcer.close()
        await listener.close()
    }
}

extension PostgresStore: Bus {
    public func listen(on channel: StaticString, _ handler: @escaping @Sendable (BusSignal) -> Void) {
        listener.listen(on: channel, handler)
    }
    @discardableResult public func announce(_ text: String, on channel: StaticString) -> Bool {
        announcer.announce(text, on: channel)
    }
}
