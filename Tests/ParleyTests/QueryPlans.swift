import GRDB
import Logging
import ParleyContract
import SpecCore
import SpecStorage
import TestSupport

/// How an engine would answer a query, without knowing its values: as it answers a prepared statement after a while.
struct QueryPlans: Sendable {
    /// The lines of the plan.
    let lines: @Sendable (SQLText) async throws -> [String]

    /// Fills a fresh database with the rows that the statements make, on either engine.
    static func run(
        on engine: Engine, rows: [SQLText], _ body: (QueryPlans) async throws -> Void
    ) async throws {
        let folder = try TemporaryFolder()
        switch engine {
        case .sqlite: try await runSQLite(folder, rows, body)
        case .postgres: try await runPostgres(rows, body)
        }
    }

    /// The tables that the plan goes through from one end to the other.
    func tablesReadWhole(_ text: SQLText) async throws -> Set<String> {
        let found = try await lines(text).compactMap { line -> String? in
            let words = line.split(separator: " ").map(String.init)
            if words.first == "SCAN" { return words.dropFirst().first { $0 != "TABLE" } }
            guard let place = line.firstRange(of: "Seq Scan on ") else { return nil }
            return line[place.upperBound...].split(separator: " ").first.map(String.init)
        }
        return Set(found)
    }

    private static func runSQLite(
        _ folder: TemporaryFolder, _ rows: [SQLText], _ body: (QueryPlans) async throws -> Void
    ) async throws {
        let queue = try DatabaseQueue(path: folder.path + "/plans.db")
        try await queue.write { database in
            for migration in Migrations.all { try database.execute(sql: "\(migration.sqlite)") }
            for text in rows { try database.execute(sql: "\(text.sqlite)") }
            try database.execute(sql: "ANALYZE")
        }
        try await body(
            QueryPlans { text in
                try await queue.read { database in
                    let statement = try database.makeStatement(sql: "EXPLAIN QUERY PLAN \(text.sqlite)")
                    // The plan is the same for any values, so there are none.
                    statement.setUncheckedArguments(StatementArguments())
                    return try Row.fetchAll(statement).map { $0[3] as String }
                }
            })
    }

    private static func runPostgres(
        _ rows: [SQLText], _ body: (QueryPlans) async throws -> Void
    ) async throws {
        let address = try PostgresAddress(await PostgresServer.shared.value.makeDatabase())
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let store = try await PostgresStore.open(address, migrations: Migrations.all, logger: logger)
        do {
            _ = try await store.write { transaction in
                for text in rows + [Self.planner] { try transaction.execute(Query("plans.fill", text, [])) }
            }
            _ = try await store.write {
                try $0.execute(Query("plans.count", SQLText(sqlite: "", postgres: "ANALYZE"), []))
            }
            try await body(
                QueryPlans { text in
                    try await store.all(
                        Query(
                            "plans.of", SQLText(sqlite: "", postgres: "SELECT plan_of($1::text)"),
                            [.text("\(text.postgres)")], read: { try $0.text(0) }))
                })
        } catch {
            await store.close()
            throw error
        }
        await store.close()
    }

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
                FOR line IN EXECUTE 'EXPLAIN EXECUTE planned(' || repeat('NULL, ', count - 1) || 'NULL)' LOOP
                    RETURN NEXT line;
                END LOOP;
                DEALLOCATE planned;
            END $body$
            """)
}
