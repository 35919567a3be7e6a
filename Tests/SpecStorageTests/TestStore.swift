import Logging
import SpecCore
import SpecStorage
import TestSupport

/// A store of either engine with a few tables, for the duration of a test.
enum TestStore {
    static let start = Migration(
        name: "0001-start",
        sqlite: """
            CREATE TABLE t (id INTEGER PRIMARY KEY NOT NULL, name TEXT UNIQUE, data BLOB) STRICT;
            CREATE TABLE child (id INTEGER PRIMARY KEY, t INTEGER REFERENCES t (id) DEFERRABLE INITIALLY DEFERRED) STRICT;
            CREATE TABLE counters (id INTEGER PRIMARY KEY NOT NULL, last INTEGER NOT NULL) STRICT;
            CREATE TABLE entries (counter INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (counter, seq)) STRICT;
            CREATE TABLE heads (user_id BLOB PRIMARY KEY NOT NULL, last_seq INTEGER NOT NULL) STRICT;
            CREATE TABLE events (
                user_id BLOB NOT NULL, seq INTEGER NOT NULL, kind TEXT NOT NULL, at INTEGER NOT NULL, first_id BLOB,
                second_id BLOB, detail TEXT, PRIMARY KEY (user_id, seq)
            ) STRICT;
            """,
        postgres: """
            CREATE TABLE t (id bigint PRIMARY KEY, name text UNIQUE, data bytea);
            CREATE TABLE child (
                id bigserial PRIMARY KEY, t bigint REFERENCES t (id) DEFERRABLE INITIALLY DEFERRED
            );
            CREATE TABLE counters (id bigint PRIMARY KEY, last bigint NOT NULL);
            CREATE TABLE entries (counter bigint NOT NULL, seq bigint NOT NULL, PRIMARY KEY (counter, seq));
            CREATE TABLE heads (user_id uuid PRIMARY KEY, last_seq bigint NOT NULL);
            CREATE TABLE events (
                user_id uuid NOT NULL, seq bigint NOT NULL, kind text NOT NULL, at timestamptz NOT NULL, first_id uuid,
                second_id uuid, detail text, PRIMARY KEY (user_id, seq)
            );
            """)

    static let quiet = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })

    static func run(
        _ engine: Engine, publisher: (any Publisher)? = nil, _ body: (any Store & Bus) async throws -> Void
    ) async throws {
        switch engine {
        case .sqlite:
            let folder = try TemporaryFolder()
            let store = try SQLiteStore(
                path: folder.path + "/a/test.db", migrations: [start], eventLog: EventStatements.log,
                publisher: publisher)
            try await body(store)
            try await store.close()
        case .postgres:
            try await runPostgres(publisher: publisher) { store, _ in try await body(store) }
        }
    }

    /// Runs on the shared server, unless another is given.
    static func runPostgres(
        _ server: PostgresServer? = nil, publisher: (any Publisher)? = nil,
        _ body: (PostgresStore, PostgresAddress) async throws -> Void
    ) async throws {
        let server = if let server { server } else { try await PostgresServer.shared.value }
        let address = try PostgresAddress(await server.makeDatabase())
        let store = try await PostgresStore.open(
            address, migrations: [start], eventLog: EventStatements.log, publisher: publisher, logger: quiet)
        let end: Result<Void, any Error>
        do { end = .success(try await body(store, address)) } catch { end = .failure(error) }
        await store.close()
        try end.get()
    }
}

/// Statements of the tests' tables.
enum Statements {
    static func insert(_ id: Int, _ name: String?) -> Query<Void> {
        Query(
            "t.insert",
            SQLText(
                sqlite: "INSERT INTO t (id, name) VALUES (?1, ?2)",
                postgres: "INSERT INTO t (id, name) VALUES ($1::bigint, $2::text)"), [id.sqlValue, name.sqlValue])
    }

    static func find(_ id: Int) -> Query<String?> {
        Query(
            "t.find",
            SQLText(
                sqlite: "SELECT name FROM t WHERE id = ?1", postgres: "SELECT name FROM t WHERE id = $1::bigint"),
            [id.sqlValue], findsByKey: true, read: { try String?.read($0, at: 0) })
    }

    static func rename(_ id: Int, _ name: String) -> Query<Void> {
        Query(
            "t.rename",
            SQLText(
                sqlite: "UPDATE t SET name = ?2 WHERE id = ?1",
                postgres: "UPDATE t SET name = $2::text WHERE id = $1::bigint"), [id.sqlValue, name.sqlValue])
    }

    static let names = Query<String>(
        "t.names",
        SQLText(sqlite: "SELECT name FROM t ORDER BY id", postgres: "SELECT name FROM t ORDER BY id"), [],
        read: { try String.read($0, at: 0) })

    static let nameless = Query<Int64>(
        "t.nameless",
        SQLText(
            sqlite: "SELECT id FROM t WHERE name IS NULL ORDER BY id",
            postgres: "SELECT id FROM t WHERE name IS NULL ORDER BY id"), [], read: { try Int64.read($0, at: 0) })

    static let orphan = Query<Void>(
        "child.orphan",
        SQLText(sqlite: "INSERT INTO child (t) VALUES (99)", postgres: "INSERT INTO child (t) VALUES (99)"), [])

    /// The next position of a counter, with an entry there; nil once the counter is at `most`.
    /// - Parameter together: true: PostgreSQL receives many counters in one statement.
    static func advance(_ counter: Int, most: Int = .max, together: Bool = false) -> NamedWrite<Int64?> {
        NamedWrite(
            "counters.advance",
            sqlite: [
                "SELECT NULL FROM counters WHERE id = ?1 AND last >= ?2",
                "INSERT INTO counters (id, last) VALUES (?1, 1) ON CONFLICT (id) DO UPDATE SET last = last + 1",
                "INSERT INTO entries (counter, seq) SELECT id, last FROM counters WHERE id = ?1",
                "SELECT last FROM counters WHERE id = ?1",
            ],
            postgres: together ? advanceMany : advanceOne, takesRows: together,
            locks: [
                WriteLocks(
                    postgres: "SELECT id FROM counters WHERE id = ANY($1::bigint[]) ORDER BY id FOR UPDATE",
                    keys: [[counter.sqlValue]])
            ], [counter.sqlValue, most.sqlValue], read: { try Int64?.read($0, at: 0) })
    }

    private static let advanceOne: StaticString = """
        WITH head AS (
            INSERT INTO counters (id, last) VALUES ($1::bigint, 1)
            ON CONFLICT (id) DO UPDATE SET last = counters.last + 1 WHERE counters.last < $2::bigint
            RETURNING last
        ), entry AS (INSERT INTO entries (counter, seq) SELECT $1::bigint, last FROM head)
        SELECT (SELECT last FROM head)
        """

    private static let advanceMany: StaticString = """
        WITH steps AS MATERIALIZED (
            SELECT * FROM unnest($1::bigint[], $2::bigint[]) WITH ORDINALITY AS step (id, most, ordinal)
        ), head AS (
            INSERT INTO counters (id, last) SELECT id, 1 FROM steps
            ON CONFLICT (id) DO UPDATE SET last = counters.last + 1
            WHERE counters.last < (SELECT most FROM steps WHERE id = excluded.id)
            RETURNING id, last
        ), entry AS (INSERT INTO entries (counter, seq) SELECT id, last FROM head)
        SELECT last, ordinal FROM steps LEFT JOIN head USING (id) ORDER BY ordinal
        """

    /// Adds a row of `t` as a named write.
    /// - Parameter together: true: PostgreSQL receives many rows in one statement.
    static func add(_ id: Int, _ name: String?, together: Bool = false) -> NamedWrite<Void> {
        NamedWrite(
            "t.add", sqlite: ["INSERT INTO t (id, name) VALUES (?1, ?2)"],
            postgres: together
                ? "INSERT INTO t (id, name) SELECT * FROM unnest($1::bigint[], $2::text[])"
                : "INSERT INTO t (id, name) VALUES ($1::bigint, $2::text)", takesRows: together,
            [id.sqlValue, name.sqlValue])
    }

    /// Returns `number` rows, each with the number.
    /// - Parameter isOrdered: false: the rows come in the reverse order of their writes.
    static func repeated(_ number: Int, isOrdered: Bool) -> NamedWrite<Int64> {
        NamedWrite(
            "repeated",
            sqlite: [
                """
                WITH RECURSIVE n (i) AS (SELECT 1 WHERE ?1 > 0 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
                SELECT ?1 FROM n
                """
            ],
            postgres: isOrdered
                ? """
                SELECT number, ordinal FROM unnest($1::bigint[]) WITH ORDINALITY AS each (number, ordinal)
                CROSS JOIN generate_series(1, number) ORDER BY ordinal
                """
                : """
                SELECT number, ordinal FROM unnest($1::bigint[]) WITH ORDINALITY AS each (number, ordinal)
                CROSS JOIN generate_series(1, number) ORDER BY ordinal DESC
                """, takesRows: true,
            [number.sqlValue], read: { try Int64.read($0, at: 0) })
    }

    static func entries(_ counter: Int) -> Query<Int64> {
        Query(
            "entries",
            SQLText(
                sqlite: "SELECT seq FROM entries WHERE counter = ?1 ORDER BY seq",
                postgres: "SELECT seq FROM entries WHERE counter = $1::bigint ORDER BY seq"), [counter.sqlValue],
            read: { try Int64.read($0, at: 0) })
    }

    /// Returns the given number; 0 fails on PostgreSQL.
    static func echo(_ number: Int) -> Query<Int64> {
        Query(
            "echo",
            SQLText(sqlite: "SELECT ?1 + 0 * (1 / ?1)", postgres: "SELECT $1::bigint + 0 * (1 / $1::bigint)"),
            [number.sqlValue], read: { try Int64.read($0, at: 0) })
    }
}
