import Foundation
import SpecCore
import TestSupport
import Testing

@testable import SpecStorage

/// The start on a PostgreSQL server: what is refused, set, and made do with.
@Suite(.timeLimit(.minutes(10))) struct PostgresStartTests {
    private static func open(_ url: String, connections: Int = 13) async throws -> PostgresStore {
        try await PostgresStore.open(
            PostgresAddress(url), migrations: [TestStore.start], eventLog: EventStatements.log,
            connections: connections, logger: TestStore.quiet)
    }

    private static func reason(_ body: () async throws -> Void) async -> String? {
        do {
            try await body()
            return nil
        } catch OpenError.unusable(_, let reason) {
            return reason
        } catch {
            return "\(error)"
        }
    }

    // MARK: Refused

    @Test(arguments: ["LATIN1", "SQL_ASCII"]) func refusesAnotherEncoding(encoding: String) async throws {
        let server = try await PostgresServer.shared.value
        let name = "encoded_\(encoding.lowercased())"
        let admin = try PostgresConnection(plain: PostgresAddress(server.url("postgres")))
        try admin.execute("CREATE DATABASE \(name) ENCODING '\(encoding)' LOCALE 'C' TEMPLATE template0")
        let words = "the encoding of the database is \(encoding); create one with ENCODING 'UTF8' TEMPLATE template0."
        #expect(await Self.reason { await (try Self.open(server.url(name))).close() } == words)
        let address = try PostgresAddress(server.url(name))
        let state: () async throws -> Void = {
            _ = try await PostgresStore.state(address, migrations: [TestStore.start], statements: [])
        }
        #expect(await Self.reason(state) == words)
    }

    @Test func refusesAPoolerInTransactionMode() async throws {
        let server = try await PostgresServer.shared.value
        let pooler = try await PgBouncer(.transaction, before: server)
        let name = try #require(try await server.makeDatabase().split(separator: "/").last)
        let words = "a pooler in front of it gives each transaction another session; use its session mode, or none."
        #expect(await Self.reason { await (try Self.open(pooler.url("\(name)"))).close() } == words)
        let admin = try PostgresConnection(plain: PostgresAddress(server.url("\(name)")))
        #expect(try admin.execute("SELECT to_regclass('t') IS NULL") == [["t"]], "nothing was migrated")
    }

    @Test func takesAPoolerInSessionMode() async throws {
        let server = try await PostgresServer.shared.value
        let pooler = try await PgBouncer(.session, before: server)
        let name = try #require(try await server.makeDatabase().split(separator: "/").last)
        let store = try await Self.open(pooler.url("\(name)"))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for id in 0..<50 {
                group.addTask { _ = try await store.write { try $0.execute(Statements.insert(id, "\(id)")) } }
            }
            try await group.waitForAll()
        }
        #expect(try await store.all(Statements.names).count == 50)
        await store.close()
    }

    // MARK: Set

    @Test func setsWhatADatabaseSetsOtherwise() async throws {
        let server = try await PostgresServer.shared.value
        let url = try await server.makeDatabase()
        let name = try #require(url.split(separator: "/").last)
        let admin = try PostgresConnection(plain: PostgresAddress(server.url("postgres")))
        let settings = [
            ("synchronous_commit", "off", "on"), ("array_nulls", "off", "on"), ("TimeZone", "'Asia/Tokyo'", "UTC"),
            ("DateStyle", "'SQL, DMY'", "ISO, MDY"), ("default_transaction_read_only", "on", "off"),
            ("default_transaction_isolation", "'serializable'", "read committed"),
            ("standard_conforming_strings", "off", "on"), ("gin_fuzzy_search_limit", "1", "0"),
            ("statement_timeout", "'10s'", "0"), ("lock_timeout", "'10s'", "0"),
        ]
        for (setting, value, _) in settings { try admin.execute("ALTER DATABASE \(name) SET \(setting) = \(value)") }
        let connection = try PostgresConnection(plain: PostgresAddress(url))
        for (setting, _, expected) in settings { #expect(try connection.execute("SHOW \(setting)") == [[expected]]) }
        let store = try await Self.open(url)
        #expect(try await store.write { try $0.execute(Statements.insert(1, "NULL")) } == 1)
        #expect(try await store.all(Statements.names) == ["NULL"])
        await store.close()
        try admin.execute("ALTER DATABASE \(name) SET synchronous_commit = remote_apply")
        let strict = try PostgresConnection(plain: PostgresAddress(url))
        #expect(try strict.execute("SHOW synchronous_commit") == [["remote_apply"]])
    }

    @Test func namesStatementsDifferentlyOnEachConnection() async throws {
        let url = try await PostgresServer.shared.value.makeDatabase()
        let names = Query(
            "names", SQLText(sqlite: "", postgres: "SELECT name FROM pg_prepared_statements"), [],
            read: { try $0.text(0) })
        let (one, other) = (try await Self.open(url), try await Self.open(url))
        let (ours, theirs) = (try await one.all(names), try await other.all(names))
        #expect(!ours.isEmpty && Set(ours).isDisjoint(with: theirs))
        await one.close()
        await other.close()
    }

    // MARK: Few connections

    @Test func worksWithTheConnectionsThatThereAre() async throws {
        let server = try await PostgresServer(settings: ["max_connections=8", "superuser_reserved_connections=0"])
        let store = try await Self.open(try await server.makeDatabase())
        let count = try await withThrowingTaskGroup(of: Int.self) { group in
            for id in 0..<400 {
                group.addTask { try await store.write { try $0.execute(Statements.insert(id, "\(id)")) } }
            }
            for _ in 0..<100 { group.addTask { try await store.all(Statements.names).count * 0 } }
            return try await group.reduce(0, +)
        }
        #expect(count == 400)
        await store.close()
    }

    @Test(arguments: [5, 8, 13]) func usesNoMoreConnectionsThanItMay(connections: Int) async throws {
        let url = try await PostgresServer.shared.value.makeDatabase()
        let store = try await Self.open(url, connections: connections)
        let admin = try PostgresConnection(plain: PostgresAddress(url))
        store.announce("hello", on: "news")
        let count = try await withThrowingTaskGroup(of: Void.self) { group in
            for id in 0..<200 {
                group.addTask { _ = try await store.write { try $0.execute(Statements.insert(id, "\(id)")) } }
                group.addTask { _ = try await store.first(Statements.advance(id)) }
                group.addTask { _ = try await store.all(Statements.names) }
            }
            try await group.waitForAll()
            return try admin.execute(
                """
                SELECT count(*) - 1 FROM pg_stat_activity
                WHERE datname = current_database() AND backend_type = 'client backend'
                """)
        }
        #expect(try #require(Int(count[0][0])) <= connections)
        await store.close()
    }
}
