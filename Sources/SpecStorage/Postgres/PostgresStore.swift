public import Logging
public import SpecCore

/// Keeps rows in a PostgreSQL that several nodes may share.
///
/// Reads and named writes of many callers travel together over a few connections in pipeline mode; changes and reads
/// of several steps have connections, and threads, of their own. One more connection listens.
public final class PostgresStore: Store {
    /// The bounds of the reads: while one connection's batch is answered, the other's is made.
    static let reads = Pipeline.Bounds(
        connections: 2, waitingMax: 8_192, batchMax: 256, batchBytesMax: 1 << 20, batchesMax: 1, besideMin: 1)
    /// The bounds of the named writes. A batch is a group that shares its commit; the second connection takes one of its
    /// own, of other rows, when enough wait. A second group under way on the same connection was tried: sends became a
    /// little slower.
    static let writes = Pipeline.Bounds(
        connections: 2, waitingMax: 8_192, batchMax: 256, batchBytesMax: 1 << 20, batchesMax: 1, besideMin: 16)

    private let reads: Pipeline
    private let writes: Pipeline
    private let sessions: SessionPool
    private let listener: PostgresListener

    /// Connects and brings the schema up to date; of several nodes that start at once, one does and the others wait.
    /// - Throws: ``OpenError``.
    public static func open(
        _ address: PostgresAddress, migrations: [Migration], logger: Logger
    ) async throws -> PostgresStore {
        try await OwnThread.value {
            do {
                try PostgresMigrations(address, logger).run(migrations)
                return try PostgresStore(address, logger)
            } catch let failure as PostgresFailure {
                throw OpenError.unusable(address.description, failure.message)
            }
        }
    }

    private init(_ address: PostgresAddress, _ logger: Logger) throws {
        func open(_ bounds: Pipeline.Bounds, isReadOnly: Bool) throws -> [PostgresConnection] {
            try (0..<bounds.connections).map { _ in try PostgresConnection.open(address, isReadOnly: isReadOnly) }
        }
        let (readers, writers) = try (open(Self.reads, isReadOnly: true), open(Self.writes, isReadOnly: false))
        reads = Pipeline(.reads, Self.reads, address: address, connections: readers)
        writes = Pipeline(.writes, Self.writes, address: address, connections: writers)
        sessions = SessionPool(address: address)
        listener = PostgresListener(address: address, logger: logger)
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

    public func check() async throws { _ = try await reads.all(Self.ping) }

    private static let ping = Query<Void>("ping", SQLText(sqlite: "SELECT 1", postgres: "SELECT 1"), [])

    /// Answers what is under way and lets the connections go.
    public func close() async {
        await reads.close()
        await writes.close()
        await sessions.close()
        await listener.close()
    }
}

extension PostgresStore: Bus {
    public func listen(on channel: StaticString, _ handler: @escaping @Sendable (BusSignal) -> Void) {
        listener.listen(on: channel, handler)
    }
}
