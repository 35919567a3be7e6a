import GRDB
import GRDBSQLite
import NIOConcurrencyHelpers
import SpecCore

/// Commits the changes that wait together: each in a savepoint of its own, one fsync for all.
///
/// A change is acknowledged only after its group's COMMIT. Where a group cannot be committed, its changes run again,
/// one by one, and each hears its own answer.
final class GroupWriter: Sendable {
    /// How many changes may wait; more are turned away.
    static let waitingMax = 8_192
    /// How many changes one commit holds.
    static let groupMax = 512

    private struct State {
        var waiting: [any WriteJob] = []
        var isRunning = false
    }

    private let pool: DatabasePool
    private let statements = StatementCaches()
    private let state = NIOLockedValueBox(State())

    init(pool: DatabasePool) {
        self.pool = pool
    }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (SQLiteTransaction) throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            let job = Job(body, continuation)
            let (isTaken, mustRun) = enqueue(job)
            if !isTaken { job.fail(StoreError.unavailable("more than \(Self.waitingMax) changes wait")) }
            if mustRun { runNext() }
        }
    }

    private func enqueue(_ job: any WriteJob) -> (isTaken: Bool, mustRun: Bool) {
        state.withLockedValue { state in
            guard state.waiting.count < Self.waitingMax else { return (false, false) }
            state.waiting.append(job)
            defer { state.isRunning = true }
            return (true, !state.isRunning)
        }
    }

    /// Runs group after group on the writer's queue until nothing waits.
    private func runNext() {
        pool.asyncWriteWithoutTransaction { database in
            while let group = self.takeGroup() { self.commit(group, database) }
        }
    }

    private func takeGroup() -> [any WriteJob]? {
        state.withLockedValue { state in
            guard !state.waiting.isEmpty else {
                state.isRunning = false
                return nil
            }
            let group = Array(state.waiting.prefix(Self.groupMax))
            state.waiting.removeFirst(group.count)
            return group
        }
    }

    private func commit(_ group: [any WriteJob], _ database: Database) {
        let cache = statements.cache(of: database)
        do {
            try commitTogether(group, cache)
            for job in group { job.finish() }
        } catch {
            cache.rollback()
            guard group.count > 1 else { return group[0].fail(SQLiteFailure.storeError(error)) }
            for job in group { commit([job], database) }
        }
    }

    private func commitTogether(_ group: [any WriteJob], _ cache: StatementCache) throws {
        try cache.run("BEGIN IMMEDIATE")
        for job in group {
            try cache.run("SAVEPOINT change")
            if !job.run(SQLiteTransaction(cache)) { try cache.run("ROLLBACK TO change") }
            try cache.run("RELEASE change")
        }
        try cache.run("COMMIT")
    }

    func finalizeStatements() { statements.finalize() }
}

/// One change that waits.
private protocol WriteJob: Sendable {
    /// Runs the change; false when it threw. May be called again.
    func run(_ transaction: SQLiteTransaction) -> Bool
    /// Answers with what the last run gave.
    func finish()
    func fail(_ error: any Error)
}

private final class Job<Result: Sendable>: WriteJob {
    private let body: @Sendable (SQLiteTransaction) throws -> Result
    private let continuation: CheckedContinuation<Result, any Error>
    private let result = NIOLockedValueBox<Swift.Result<Result, any Error>?>(nil)

    init(
        _ body: @escaping @Sendable (SQLiteTransaction) throws -> Result,
        _ continuation: CheckedContinuation<Result, any Error>
    ) {
        self.body = body
        self.continuation = continuation
    }

    func run(_ transaction: SQLiteTransaction) -> Bool {
        let outcome = Swift.Result { try body(transaction) }
        result.withLockedValue { $0 = outcome }
        if case .success = outcome { return true }
        return false
    }

    func finish() {
        guard let outcome = result.withLockedValue({ $0 }) else { return }
        continuation.resume(with: outcome)
    }

    func fail(_ error: any Error) { continuation.resume(throwing: error) }
}
