import CSpecSQLite
import GRDB
import Logging
import ParleyContract
import SpecCore
import SpecStorage
import TestSupport

/// Query plans of an engine, made without parameter values: those of a prepared statement after several runs.
struct QueryPlans: Sendable {
    /// Returns the lines of the plan.
    private let lines: @Sendable (String) async throws -> [String]
    private let tables: Set<String>

    /// Fills every table of a new database with the same number of rows, and passes its plans.
    ///
    /// Each user has 50 rows in tables with several rows per user.
    static func run(
        on engine: Engine, rowsEach: Int64, _ body: (QueryPlans) async throws -> Void
    ) async throws {
        switch engine {
        case .sqlite: try await runSQLite(rowsEach, body)
        case .postgres: try await runPostgres(rowsEach, body)
        }
    }

    /// Returns the tables that the plan scans completely.
    func tablesReadWhole(_ statement: String) async throws -> Set<String> {
        let scanned = try await lines(statement).compactMap { line -> String? in
            if line.hasPrefix("SCAN ") { return line.split(separator: " ").dropFirst().first.map(String.init) }
            guard let place = line.firstRange(of: "Seq Scan on ") else { return nil }
            return line[place.upperBound...].split(separator: " ").first.map(String.init)
        }
        let aliases = self.aliases(in: statement)
        return Set(scanned.compactMap { aliases[$0] })
    }

    /// Returns the tables of a statement by their aliases.
    private func aliases(in statement: String) -> [String: String] {
        let words = statement.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init)
        var aliases = Dictionary(uniqueKeysWithValues: tables.map { ($0, $0) })
        for (word, next) in zip(words, words.dropFirst()) where tables.contains(word) { aliases[next] = word }
        return aliases
    }

    // MARK: SQLite

    private static func runSQLite(_ rows: Int64, _ body: (QueryPlans) async throws -> Void) async throws {
        let folder = try TemporaryFolder()
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        // As on every connection of a store.
        configuration.prepareDatabase { _ = spec_list_register($0.sqliteConnection) }
        let queue = try DatabaseQueue(path: folder.path + "/plans.db", configuration: configuration)
        let tables = try await queue.write { database in
            for migration in Migrations.all { try database.execute(sql: "\(migration.sqlite)") }
            let tables = try fillSQLite(database, rows)
            try database.execute(sql: "ANALYZE")
            return tables
        }
        let plans = QueryPlans(
            lines: { statement in
                try await queue.read { database in
                    let explanation = try database.makeStatement(sql: "EXPLAIN QUERY PLAN \(statement)")
                    // The plan is the same for any values, so there are none.
                    explanation.setUncheckedArguments(StatementArguments())
                    return try Row.fetchAll(explanation).map { $0[3] as String }
                }
            }, tables: tables)
        try await body(plans)
    }

    private static func fillSQLite(_ database: Database, _ rows: Int64) throws -> Set<String> {
        let names = try String.fetchAll(
            database,
            sql: "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE TABLE%STRICT' ORDER BY rowid")
        for table in names {
            let columns = try Row.fetchAll(
                database, sql: "SELECT name, type, \"notnull\", pk FROM pragma_table_info('\(table)')")
            let isKeyOfOne = columns.count { $0["pk"] > 0 } == 1
            let filled = columns.filter { $0["notnull"] == 1 || $0["pk"] > 0 || $0["type"] == "BLOB" }
            let values = filled.map { column -> String in
                let number = rowNumber(table, column["name"], isKey: isKeyOfOne && column["pk"] == 1)
                return switch column["type"] as String {
                case "BLOB": "CAST(printf('%016d', \(number)) AS BLOB)"
                case "TEXT": "'' || \(number)"
                default: number
                }
            }
            try database.execute(
                sql: """
                    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(rows))
                    INSERT OR IGNORE INTO \(table) (\(filled.map { $0["name"] as String }.joined(separator: ", ")))
                    SELECT \(values.joined(separator: ", ")) FROM n
                    """)
        }
        return Set(names)
    }

    /// Columns that are unique per owner.
    private static let uniqueWithOwner: Set = ["conversations.high_id", "contacts.user_id"]

    /// Returns the expression for the row number in a column: its own, or that of the user it belongs to.
    private static func rowNumber(_ table: String, _ column: String, isKey: Bool) -> String {
        let owners: Set = ["user_id", "owner_id", "low_id", "high_id", "sender_id", "recipient_id"]
        guard owners.contains(column), !isKey, !uniqueWithOwner.contains("\(table).\(column)") else { return "i" }
        return "i % 1000"
    }

    // MARK: PostgreSQL

    private static func runPostgres(_ rows: Int64, _ body: (QueryPlans) async throws -> Void) async throws {
        let address = try PostgresAddress(await PostgresServer.shared.value.makeDatabase())
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let store = try await PostgresStore.open(address, migrations: Migrations.all, logger: logger)
        let end: Result<Void, any Error>
        do {
            _ = try await store.write { transaction in
                for text in [planner, filler] { try transaction.execute(Query("plans.make", text, [])) }
            }
            let tables = try await store.all(Query("plans.tables", self.tables, [], read: { try $0.text(0) }))
            // One statement per table: together they could exceed the statement timeout.
            for table in tables {
                _ = try await store.write {
                    try $0.all(Query("plans.fill", fill, [table.sqlValue, rows.sqlValue], read: { _ in }))
                }
            }
            let plans = QueryPlans(
                lines: { statement in
                    try await store.all(Query("plans.of", planOf, [.text(statement)], read: { try $0.text(0) }))
                }, tables: Set(tables))
            end = .success(try await body(plans))
        } catch { end = .failure(error) }
        await store.close()
        try end.get()
    }

    private static let tables = SQLText(
        sqlite: "",
        postgres: """
            SELECT table_name::text FROM information_schema.tables
            WHERE table_schema = 'public' AND table_name <> 'spec_migrations'
            """)
    private static let fill = SQLText(sqlite: "", postgres: "SELECT fill($1::text, $2::bigint)")
    private static let planOf = SQLText(sqlite: "", postgres: "SELECT plan_of($1::text)")

    /// The same rows as above, for one table.
    private static let filler = SQLText(
        sqlite: "",
        postgres: """
            CREATE FUNCTION fill(wanted text, rows bigint) RETURNS void LANGUAGE plpgsql AS $body$
            DECLARE
                made record;
            BEGIN
                PERFORM set_config('session_replication_role', 'replica', true);
                FOR made IN
                    SELECT filled.table_name AS name, string_agg(quote_ident(column_name), ', ') AS columns,
                        string_agg(CASE data_type
                            WHEN 'uuid' THEN format('lpad(to_hex(%s), 32, ''0'')::uuid', number)
                            WHEN 'bytea' THEN format('decode(lpad(to_hex(%s), 32, ''0''), ''hex'')', number)
                            WHEN 'timestamp with time zone' THEN format('to_timestamp(%s)', number)
                            WHEN 'boolean' THEN format('%s > 0', number)
                            WHEN 'tsvector' THEN format('to_tsvector(''simple'', (%s)::text)', number)
                            ELSE format('(%s)::%s', number, data_type) END, ', ') AS values
                    FROM (
                        SELECT c.*, CASE
                            WHEN column_name IN ('user_id', 'owner_id', 'low_id', 'high_id', 'sender_id', 'recipient_id')
                                AND c.table_name || '.' || column_name NOT IN ('conversations.high_id', 'contacts.user_id')
                                AND NOT EXISTS (
                                    SELECT FROM pg_index x WHERE x.indrelid = c.table_name::regclass
                                    AND x.indisprimary AND x.indnatts = 1 AND x.indkey[0] = c.ordinal_position)
                            THEN 'i % 1000' ELSE 'i' END AS number
                        FROM information_schema.columns c
                        WHERE table_schema = 'public' AND table_name = wanted AND is_generated = 'NEVER'
                            AND (is_nullable = 'NO' AND column_default IS NULL OR data_type = 'uuid')
                    ) AS filled
                    GROUP BY filled.table_name
                LOOP
                    EXECUTE format(
                        'INSERT INTO %I (%s) SELECT %s FROM generate_series(1, %s) AS i', made.name, made.columns,
                        made.values, rows);
                    EXECUTE format('ANALYZE %I', made.name);
                END LOOP;
            END $body$
            """)

    private static let planner = SQLText(
        sqlite: "",
        postgres: """
            CREATE FUNCTION plan_of(statement text) RETURNS SETOF text LANGUAGE plpgsql AS $body$
            DECLARE
                line text;
                count integer;
            BEGIN
                SELECT max(mark[1]::integer) INTO count FROM regexp_matches(statement, '[$]([0-9]+)', 'g') AS mark;
                PERFORM set_config('plan_cache_mode', 'force_generic_plan', true);
                EXECUTE 'PREPARE planned AS ' || statement;
                FOR line IN EXECUTE 'EXPLAIN EXECUTE planned'
                    || COALESCE('(' || repeat('NULL, ', count - 1) || 'NULL)', '') LOOP
                    RETURN NEXT line;
                END LOOP;
                DEALLOCATE planned;
            END $body$
            """)
}
