import ArgumentParser
import Foundation
import Logging
import SpecCore
import SpecStorage

/// `parley-bench reads`: rows by their key through the store, read by many callers at once.
struct Reads: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Reads balances from the tables that pgbench made; prints rows, seconds and CPU seconds.")

    @Option(help: "The URL of the PostgreSQL.")
    var database: String

    @Option(help: "How long, in seconds.")
    var seconds = 3.0

    @Option(help: "How many callers ask, each for one row after the other.")
    var callers = 256

    @Option(help: "How many accounts pgbench has made.")
    var accounts: Int64 = 100_000

    func run() async throws {
        let store = try await PostgresStore.open(
            PostgresAddress(database), migrations: [], logger: Logger(label: "bench"))
        let start = ContinuousClock.now
        let end = start + .seconds(seconds)
        let rows = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<callers { group.addTask { try await read(until: end, from: store) } }
            return try await group.reduce(0, +)
        }
        let passed = (ContinuousClock.now - start).components
        await store.close()
        let cpu = Double(clock()) / Double(CLOCKS_PER_SEC)
        print("\(rows) \(Double(passed.seconds) + Double(passed.attoseconds) * 1e-18) \(cpu)")
    }

    private func read(until end: ContinuousClock.Instant, from store: PostgresStore) async throws -> Int {
        var random = SystemRandomNumberGenerator()
        var rows = 0
        while ContinuousClock.now < end {
            rows += try await store.all(Self.balance(of: .random(in: 1...accounts, using: &random))).count
        }
        return rows
    }

    /// The query of `pgbench -S`.
    private static func balance(of account: Int64) -> Query<Int64> {
        Query(
            "accounts.balance",
            SQLText(
                sqlite: "SELECT abalance FROM pgbench_accounts WHERE aid = ?1",
                postgres: "SELECT abalance FROM pgbench_accounts WHERE aid = $1::bigint"),
            [.integer(account)], read: { try $0.integer(0) })
    }
}
