import Foundation
import GRDB
import SpecCore
import SpecStorage
import TestSupport
import Testing

/// Behaviour specific to SQLite: one file, one process.
@Suite(.timeLimit(.minutes(10))) struct SQLiteStoreTests {
    private func open(_ folder: TemporaryFolder, _ migrations: [Migration] = [TestStore.start]) throws -> SQLiteStore {
        try SQLiteStore(path: folder.path + "/a/test.db", migrations: migrations)
    }

    @Test func keepsWhatWasWritten() async throws {
        let folder = try TemporaryFolder()
        let store = try open(folder)
        let changed = try await store.write { try $0.execute(Statements.insert(1, "one")) }
        #expect(changed == 1)
        try await store.close()
        let again = try open(folder)
        #expect(try await again.all(Statements.names) == ["one"])
        try await again.check()
        try await again.close()
    }

    @Test func belongsToOneProcess() async throws {
        let folder = try TemporaryFolder()
        let store = try open(folder)
        #expect(throws: OpenError.inUse(folder.path + "/a/test.db")) { try open(folder) }
        try await store.close()
        try await open(folder).close()
    }

    @Test func belongsToOneProcessWhicheverPathLeadsToIt() async throws {
        let folder = try TemporaryFolder()
        let store = try open(folder)
        let link = folder.path + "/link.db"
        #expect(symlink(folder.path + "/a/test.db", link) == 0)
        #expect(throws: OpenError.inUse(link)) { try SQLiteStore(path: link, migrations: [TestStore.start]) }
        _ = try await store.write { try $0.execute(Statements.insert(1, "one")) }
        try await store.close()
        let again = try SQLiteStore(path: link, migrations: [TestStore.start])
        #expect(try await again.all(Statements.names) == ["one"])
        try await again.close()
    }

    /// Closing any descriptor of a file drops the locks that SQLite holds on it.
    @Test func keepsItsLocksWhenASecondStoreIsRefused() async throws {
        let folder = try TemporaryFolder()
        let store = try open(folder)
        #expect(throws: OpenError.inUse(folder.path + "/a/test.db")) { try open(folder) }
        _ = try SQLiteStore.state(path: folder.path + "/a/test.db", migrations: [TestStore.start])
        // Another process cannot lock the bytes that SQLite locks for its readers (SHARED_FIRST, SHARED_SIZE).
        let script = """
            import fcntl, sys
            try: fcntl.lockf(open(sys.argv[1], "r+b"), fcntl.LOCK_EX | fcntl.LOCK_NB, 510, 0x40000002)
            except OSError: sys.exit(3)
            """
        let python = ["python3", "-c", script, folder.path + "/a/test.db"]
        #expect(try await ChildProcess.run("/usr/bin/env", python) == 3)
        try await store.close()
        try await store.close()
    }

    @Test func refusesAFileWithASecondName() async throws {
        let folder = try TemporaryFolder()
        try await open(folder).close()
        let (path, other) = (folder.path + "/a/test.db", folder.path + "/other.db")
        #expect(link(path, other) == 0)
        let error = OpenError.unusable(
            other, "it has 2 names (hard links), and SQLite would keep a log for each; keep one.")
        #expect(throws: error) { try SQLiteStore(path: other, migrations: [TestStore.start]) }
        #expect(unlink(path) == 0)
        try await SQLiteStore(path: other, migrations: [TestStore.start]).close()
    }

    @Test func refusesAReadOnlyFile() async throws {
        let folder = try TemporaryFolder()
        try await open(folder).close()
        let path = folder.path + "/a/test.db"
        #expect(chmod(path, 0o444) == 0)
        let error = #expect(throws: OpenError.self) { try open(folder) }
        #expect([.unusable(path, "the file is read-only."), .unusable(path, "Permission denied")].contains(error))
    }

    @Test func leavesEverythingInTheOneFile() async throws {
        let folder = try TemporaryFolder()
        let store = try open(folder)
        for id in 1...100 { _ = try await store.write { try $0.execute(Statements.insert(id, "name \(id)")) } }
        #expect(try await store.all(Statements.names).count == 100)
        try await store.close()
        #expect(folder.files(in: "a") == ["test.db"])
        try FileManager.default.copyItem(atPath: folder.path + "/a/test.db", toPath: folder.path + "/copy.db")
        let copy = try SQLiteStore(path: folder.path + "/copy.db", migrations: [TestStore.start])
        #expect(try await copy.all(Statements.names).count == 100)
        try await copy.close()
    }

    // MARK: Looking at a file

    @Test func comparesAndReportsWithoutChangingAnything() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/a/test.db"
        func report(_ migrations: [Migration] = [TestStore.start]) throws -> DatabaseState {
            try SQLiteStore.state(path: path, migrations: migrations)
        }
        let schema = DatabaseSchema(tables: [])
        func drift() throws -> [String] {
            try SQLiteStore.drift(path: path, migrations: [TestStore.start], schema: schema)
        }
        #expect(try report() == .absent)
        #expect(try drift() == ["the database does not exist yet"])
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/a"))

        let store = try open(folder)
        _ = try await store.write { try $0.execute(Statements.insert(1, "one")) }
        #expect(try report() == .present(pending: []), "beside the store")
        #expect(try drift() == [], "beside the store")
        try await store.close()

        let second = Migration(name: "0002-more", sqlite: "CREATE TABLE u (id INTEGER) STRICT;", postgres: "")
        let before = FileManager.default.contents(atPath: path)
        #expect(try report([TestStore.start, second]) == .present(pending: ["0002-more"]))
        #expect(throws: OpenError.newer("0001-start")) { try report([second]) }
        #expect(try drift() == [])
        #expect(folder.files(in: "a") == ["test.db"])
        #expect(FileManager.default.contents(atPath: path) == before)
    }

    @Test func looksAtAFileWhoseNameAURIWouldMisread() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/50%20 off? #1.db"
        try await SQLiteStore(path: path, migrations: [TestStore.start]).close()
        #expect(try SQLiteStore.state(path: path, migrations: [TestStore.start]) == .present(pending: []))
    }

    // MARK: Readers

    @Test func givesOneUserHalfOfTheReaders() async throws {
        let folder = try TemporaryFolder()
        let store = try open(folder)
        let gate = DispatchSemaphore(value: 0)
        let (starts, start) = AsyncStream.makeStream(of: Void.self)
        let slow = Requester.$current.withValue(.user(Identifier(high: 1, low: 1))) {
            Task {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for _ in 0..<8 {
                        group.addTask {
                            try await store.read { _ in
                                start.yield()
                                gate.wait()
                            }
                        }
                    }
                    try await group.waitForAll()
                }
            }
        }
        var iterator = starts.makeAsyncIterator()
        for _ in 0..<SQLiteStore.readersMax / 2 { await iterator.next() }
        try await Requester.$current.withValue(.user(Identifier(high: 2, low: 2))) {
            for _ in 0..<20 { _ = try await store.all(Statements.names) }
        }
        try await store.check()
        for _ in 0..<8 { gate.signal() }
        try await slow.value
        try await store.close()
    }

    // MARK: Files

    @Test func keepsItsFilesFromOtherUsers() async throws {
        let folder = try TemporaryFolder()
        let store = try open(folder)
        _ = try await store.write { try $0.execute(Statements.insert(1, "one")) }
        for name in ["test.db", "test.db-wal", "test.db-shm"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder.path)/a/\(name)")
            #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
        }
        try await store.close()
    }

    @Test func refusesEditedAndNewerMigrations() async throws {
        let folder = try TemporaryFolder()
        let second = Migration(
            name: "0002-more", sqlite: "CREATE TABLE u (id INTEGER PRIMARY KEY) STRICT;", postgres: "")
        try await open(folder, [TestStore.start, second]).close()
        #expect(throws: OpenError.newer("0002-more")) { try open(folder) }
        let edited = Migration(name: "0002-more", sqlite: "CREATE TABLE u (id INTEGER);", postgres: "")
        #expect(throws: OpenError.edited("0002-more")) { try open(folder, [TestStore.start, edited]) }
        try await open(folder, [TestStore.start, second]).close()
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
        try await open(folder).close()
        let queue = try DatabaseQueue(path: folder.path + "/a/test.db")
        #expect(try await queue.read { try String.fetchOne($0, sql: "PRAGMA journal_mode") } == "wal")
        #expect(try await queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM spec_migrations") } == 1)
    }
}
