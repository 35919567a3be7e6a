import Foundation
import GRDB
import NIOConcurrencyHelpers
import TestSupport
import Testing

@testable import SpecStorage

/// The size of the write-ahead log.
@Suite(.timeLimit(.minutes(10))) struct WriteAheadLogTests {
    private static let pagesMax: Int32 = 50
    private static let rows = 1_000

    private func logBytes(_ folder: TemporaryFolder) throws -> Int {
        try FileManager.default.attributesOfItem(atPath: folder.path + "/test.db-wal")[.size] as? Int ?? 0
    }

    /// Writes rows of about a page each.
    /// - Returns: the largest size of the log.
    private func fill(_ pool: DatabasePool, _ log: WriteAheadLog, _ folder: TemporaryFolder) throws -> Int {
        var largest = 0
        for _ in 0..<Self.rows {
            try pool.writeWithoutTransaction { database in
                try database.execute(sql: "INSERT INTO t (data) VALUES (zeroblob(3000))")
                log.bound(try #require(database.sqliteConnection))
            }
            largest = max(largest, try logBytes(folder))
        }
        return largest
    }

    private func open(_ folder: TemporaryFolder, _ log: WriteAheadLog) throws -> DatabasePool {
        var configuration = Configuration()
        configuration.busyMode = .timeout(5)
        let pool = try DatabasePool(path: folder.path + "/test.db", configuration: configuration)
        try pool.writeWithoutTransaction { database in
            try log.follow(database)
            try database.execute(sql: "CREATE TABLE t (id INTEGER PRIMARY KEY, data BLOB)")
        }
        return pool
    }

    @Test func isBoundedWithoutReaders() throws {
        let (folder, log) = (try TemporaryFolder(), WriteAheadLog(pagesMax: Self.pagesMax))
        let pool = try open(folder, log)
        #expect(try fill(pool, log, folder) < 2 * Int(Self.pagesMax) * 4_200)
        try pool.close()
    }

    /// Three threads read without a pause, so that hardly any moment is without a reader.
    @Test(.timeLimit(.minutes(1))) func isBoundedBesideReadsThatOverlap() async throws {
        let (folder, log) = (try TemporaryFolder(), WriteAheadLog(pagesMax: Self.pagesMax))
        let pool = try open(folder, log)
        let isOver = NIOLockedValueBox(false)
        let reads = Task {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<3 {
                    group.addTask {
                        try await OwnThread.value {
                            while !isOver.withLockedValue({ $0 }) {
                                try pool.read { database in
                                    _ = try Int.fetchOne(database, sql: "SELECT count(*) FROM t")
                                    Stopwatch.pause(milliseconds: 3)
                                }
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
        let largest = Result { try fill(pool, log, folder) }
        isOver.withLockedValue { $0 = true }
        try await reads.value
        #expect(try largest.get() < 6 * Int(Self.pagesMax) * 4_200)
        try pool.close()
    }
}
