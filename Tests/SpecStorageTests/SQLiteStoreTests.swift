import Foundation
import GRDB
import SpecCore
import SpecStorage
import TestSupport
import Testing

/// What only SQLite does: one file, one process.
@Suite struct SQLiteStoreTests {
    private func open(_ folder: TemporaryFolder, _ migrations: [Migration] = [TestStore.start]) throws -> SQLiteStore {
        try SQLiteStore(path: folder.path + "/a/test.db", migrations: migrations)
    }

    @Test func keepsWhatWasWritten() async throws {
        let folder = try TemporaryFolder()
        let store = try open(folder)
        let changed = try await store.write { try $0.execute(Statements.insert(1, "one")) }
        #expect(changed == 1)
        try store.close()
        let again = try open(folder)
        #expect(try await again.all(Statements.names) == ["one"])
        try await again.check()
        try again.close()
    }

    @Test func belongsToOneProcess() async throws {
        let folder = try TemporaryFolder()
        let store = try open(folder)
        #expect(throws: OpenError.inUse(folder.path + "/a/test.db")) { try open(folder) }
        try store.close()
        try open(folder).close()
    }

    @Test func keepsItsFilesFromOtherUsers() async throws {
        let folder = try TemporaryFolder()
        let store = try open(folder)
        _ = try await store.write { try $0.execute(Statements.insert(1, "one")) }
        for name in ["test.db", "test.db-wal", "test.db-shm"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder.path)/a/\(name)")
            #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
        }
        try store.close()
    }

    @Test func refusesEditedAndNewerMigrations() async throws {
        let folder = try TemporaryFolder()
        let second = Migration(
            name: "0002-more", sqlite: "CREATE TABLE u (id INTEGER PRIMARY KEY) STRICT;", postgres: "")
        try open(folder, [TestStore.start, second]).close()
        #expect(throws: OpenError.newer("0002-more")) { try open(folder) }
        let edited = Migration(name: "0002-more", sqlite: "CREATE TABLE u (id INTEGER);", postgres: "")
        #expect(throws: OpenError.edited("0002-more")) { try open(folder, [TestStore.start, edited]) }
        try open(folder, [TestStore.start, second]).close()
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
