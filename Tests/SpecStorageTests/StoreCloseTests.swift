import Foundation
import SpecCore
import SpecStorage
import TestSupport
import Testing

/// The end of a store beside work in progress.
@Suite(.timeLimit(.minutes(10))) struct StoreCloseTests {
    /// A store that the test itself closes.
    private struct OpenStore: Sendable {
        let store: any Store
        let close: @Sendable () async throws -> Void

        static func open(_ engine: Engine, _ url: String) async throws -> OpenStore {
            switch engine {
            case .sqlite:
                let store = try SQLiteStore(path: String(url.dropFirst(7)), migrations: [TestStore.start])
                return OpenStore(store: store, close: { try await store.close() })
            case .postgres:
                let store = try await PostgresStore.open(
                    PostgresAddress(url), migrations: [TestStore.start], logger: TestStore.quiet)
                return OpenStore(store: store, close: { await store.close() })
            }
        }
    }

    @Test(arguments: Engine.allCases) func endsBesideSlowReadsAndWritesAndLosesNothing(engine: Engine) async throws {
        for _ in 0..<5 {
            let folder = try TemporaryFolder()
            let url = try await engine.databaseURL(in: folder)
            let open = try await OpenStore.open(engine, url)
            let acknowledged = try await withThrowingTaskGroup(of: Set<Int64>.self) { group in
                let (steps, step) = AsyncStream.makeStream(of: Void.self)
                for number in 0..<24 {
                    group.addTask { try await Self.work(number, open.store) { step.yield() } }
                }
                var count = 0
                for await _ in steps {
                    count += 1
                    if count == 48 { break }
                }
                try await open.close()
                return try await group.reduce(into: Set()) { $0.formUnion($1) }
            }
            let again = try await OpenStore.open(engine, url)
            #expect(acknowledged.subtracting(try await again.store.all(Statements.entries(1))) == [])
            #expect(!acknowledged.isEmpty)
            try await again.close()
        }
    }

    /// Reads or writes until the store refuses it.
    /// - Returns: the acknowledged writes.
    private static func work(_ number: Int, _ store: any Store, _ step: () -> Void) async throws -> Set<Int64> {
        var acknowledged: Set<Int64> = []
        while true {
            do {
                switch number % 4 {
                case 0: _ = try await store.all(Statements.count(to: 100_000))
                case 1:
                    _ = try await store.read { try ($0.all(Statements.names), $0.all(Statements.count(to: 50_000))) }
                case 2: if let seq = try await store.first(Statements.advance(1)) ?? nil { acknowledged.insert(seq) }
                default: try await store.write { _ = try $0.execute(Statements.insert(number, "\(number)")) }
                }
                step()
            } catch StoreError.unavailable {
                return acknowledged
            } catch StoreError.constraint {
                step()
            }
        }
    }

    @Test(arguments: Engine.allCases) func refusesWorkAfterTheEnd(engine: Engine) async throws {
        let folder = try TemporaryFolder()
        let open = try await OpenStore.open(engine, try await engine.databaseURL(in: folder))
        _ = try await open.store.all(Statements.names)
        try await open.close()
        let store = open.store
        let closed = StoreError.unavailable("the store is closed")
        await #expect(throws: closed) { try await store.all(Statements.names) }
        await #expect(throws: closed) { try await store.read { try $0.all(Statements.names) } }
        await #expect(throws: closed) { try await store.run(Statements.advance(1)) }
        await #expect(throws: closed) { try await store.write { try $0.execute(Statements.insert(1, "one")) } }
        await #expect(throws: closed) { try await store.check() }
    }

    @Test func interruptsAReadThatDoesNotEnd() async throws {
        let folder = try TemporaryFolder()
        let open = try await OpenStore.open(.sqlite, try await Engine.sqlite.databaseURL(in: folder))
        let (starts, start) = AsyncStream.makeStream(of: Void.self)
        let endless = Task {
            try await open.store.read { transaction in
                start.yield()
                return try transaction.all(Statements.count(to: .max))
            }
        }
        for await _ in starts { break }
        try await open.close()
        await #expect(throws: StoreError.unavailable("interrupted")) { try await endless.value }
    }
}

extension Statements {
    /// Counts to a number, which takes a while.
    static func count(to number: Int) -> Query<Int64> {
        Query(
            "count",
            SQLText(
                sqlite: """
                    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1) SELECT count(*) FROM n
                    """,
                postgres: "SELECT count(*) FROM generate_series(1, $1::bigint)"), [number.sqlValue],
            read: { try Int64.read($0, at: 0) })
    }
}
