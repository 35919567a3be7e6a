import GRDB
import SpecCore
import SpecStorage
import TestSupport
import Testing

/// Real files, real commits.
@Suite struct SQLiteStoreTests {
    private static let first = Migration(
        name: "0001-start",
        sqlite: """
            CREATE TABLE t (id INTEGER PRIMARY KEY NOT NULL, name TEXT UNIQUE, data BLOB) STRICT;
            CREATE TABLE child (id INTEGER PRIMARY KEY, t INTEGER REFERENCES t (id) DEFERRABLE INITIALLY DEFERRED) STRICT;
            """, postgres: "")

    private func open(_ folder: TemporaryFolder, _ migrations: [Migration] = [first]) throws -> SQLiteStore {
        try SQLiteStore(path: folder.path + "/a/test.db", migrations: migrations)
    }

    private static func insert(_ id: Int, _ name: String?) -> Query<Void> {
        Query(
            "t.insert", SQLText(sqlite: "INSERT INTO t (id, name) VALUES (?1, ?2)", postgres: ""),
            [id.sqlValue, name.sqlValue])
    }

    private static let names = Query<String>(
        "t.names", SQLText(sqlite: "SELECT name FROM t ORDER BY id", postgres: ""), [],
        read: { try String.read($0, at: 0) })

    @Test func keepsWhatWasWritten() async throws {
        let folder = try TemporaryFolder()
        let store = try open(folder)
        let changed = try await store.write { try $0.execute(Self.insert(1, "one")) }
        #expect(changed == 1)
        try store.close()
        let again = try open(folder)
        #expect(try await again.all(Self.names) == ["one"])
        try await again.check()
        try again.close()
    }

    @Test func undoesOnlyTheChangeThatThrew() async throws {
        let folder = try TemporaryFolder()
        let store = try open(folder)
        struct Stop: Error {}
        let outcomes = await withTaskGroup(of: Bool.self) { group in
            for id in 1...100 {
                group.addTask {
                    do {
                        try await store.write { transaction in
                            try transaction.execute(Self.insert(id, "\(id)"))
                            if id % 2 == 0 { throw Stop() }
                        }
                        return true
                    } catch {
                        return false
                    }
                }
            }
            return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(outcomes == 50)
        #expect(try await store.all(Self.names) == (1...100).filter { $0 % 2 == 1 }.map { "\($0)" })
        try store.close()
    }

    @Test func runsAGroupOneByOneWhenItsCommitFails() async throws {
        let folder = try TemporaryFolder()
        let store = try open(folder)
        let orphan = Query<Void>("c", SQLText(sqlite: "INSERT INTO child (t) VALUES (99)", postgres: ""), [])
        let answers = await withTaskGroup(of: String.self) { group in
            for id in 1...20 {
                group.addTask {
                    do {
                        _ = try await store.write { try $0.execute(id == 7 ? orphan : Self.insert(id, "\(id)")) }
                        return "kept"
                    } catch StoreError.constraint(.foreignKey, _) {
                        return "refused"
                    } catch {
                        return "\(error)"
                    }
                }
            }
            return await group.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
        }
        #expect(answers == ["kept": 19, "refused": 1])
        #expect(try await store.all(Self.names).count == 19)
        try store.close()
    }

    @Test func namesTheConstraintThatWasBroken() async throws {
        let folder = try TemporaryFolder()
        let store = try open(folder)
        _ = try await store.write { try $0.execute(Self.insert(1, "one")) }
        await #expect(throws: StoreError.constraint(.unique, "UNIQUE constraint failed: t.name")) {
            _ = try await store.write { try $0.execute(Self.insert(2, "one")) }
        }
        let wrong = Query<Int>(
            "wrong", SQLText(sqlite: "SELECT name FROM t", postgres: ""), [], read: { try Int.read($0, at: 0) })
        await #expect(throws: StoreError.column("the column name does not hold an integer")) {
            _ = try await store.all(wrong)
        }
        try store.close()
    }

    @Test func bringsEveryKindOfValueBack() async throws {
        let folder = try TemporaryFolder()
        let store = try open(folder)
        let id = Identifier.make()
        let time = Timestamp(milliseconds: 1_790_000_000_123)
        let row = Query<[String]>(
            "values", SQLText(sqlite: "SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8", postgres: ""),
            [
                .null, .bool(true), .integer(-5), .real(1.5), .text("a\u{0}é"), .bytes([1, 2]), .identifier(id),
                .timestamp(time),
            ],
            read: { row in
                [
                    "\(row.isNull(0))", "\(try row.bool(1))", "\(try row.integer(2))", "\(try row.real(3))",
                    try row.text(4), "\(try row.bytes(5))", "\(try row.identifier(6))", "\(try row.timestamp(7))",
                ]
            })
        #expect(
            try await store.all(row) == [
                ["true", "true", "-5", "1.5", "a\u{0}é", "[1, 2]", "\(id)", "2026-09-21T14:13:20.123Z"]
            ])
        try store.close()
    }

    @Test func belongsToOneProcess() async throws {
        let folder = try TemporaryFolder()
        let store = try open(folder)
        #expect(throws: OpenError.inUse(folder.path + "/a/test.db")) { try open(folder) }
        try store.close()
        try open(folder).close()
    }

    @Test func refusesEditedAndNewerMigrations() async throws {
        let folder = try TemporaryFolder()
        let second = Migration(
            name: "0002-more", sqlite: "CREATE TABLE u (id INTEGER PRIMARY KEY) STRICT;", postgres: "")
        try open(folder, [Self.first, second]).close()
        #expect(throws: OpenError.newer("0002-more")) { try open(folder) }
        let edited = Migration(name: "0002-more", sqlite: "CREATE TABLE u (id INTEGER);", postgres: "")
        #expect(throws: OpenError.edited("0002-more")) { try open(folder, [Self.first, edited]) }
        try open(folder, [Self.first, second]).close()
    }

    @Test func refusesAFileThatIsNoDatabase() {
        #expect {
            try SQLiteStore(path: "/dev/null/x.db", migrations: [])
        } throws: { error in
            guard case OpenError.unusable("/dev/null/x.db", _) = error else { return false }
            return true
        }
    }

    @Test func writesThroughToDisk() async throws {
        let folder = try TemporaryFolder()
        try open(folder).close()
        let queue = try DatabaseQueue(path: folder.path + "/a/test.db")
        #expect(try await queue.read { try String.fetchOne($0, sql: "PRAGMA journal_mode") } == "wal")
        #expect(try await queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM spec_migrations") } == 1)
    }
}
