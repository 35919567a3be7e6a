import GRDB
import GRDBSQLite
import NIOConcurrencyHelpers
import SpecCore

/// Commits the changes that wait together, with one fsync for all.
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
    private let searches: SearchIndexes
    private let statements = StatementCaches()
    private let state = NIOLockedValueBox(State())

    init(pool: DatabasePool, searches: SearchIndexes) {
        self.pool = pool
        self.searches = searches
    }

    /// - Parameter isRefusable: whether the change may throw halfway without costing the others of its group their
    ///   commit. That takes a savepoint; named writes, which answer refusals as rows, go without.
    func write<Result: Sendable>(
        isRefusable: Bool, _ body: @escaping @Sendable (SQLiteTransaction) throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            let job = Job(isRefusable: isRefusable, body, continuation)
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
            job.isRefusable ? try runRefusable(job, cache) : try job.run(SQLiteTransaction(cache))
        }
        try searches.fill(cache)
        try cache.run("COMMIT")
    }

    private func runRefusable(_ job: any WriteJob, _ cache: StatementCache) throws {
        try cache.run("SAVEPOINT change")
        do {
            try job.run(SQLiteTransaction(cache))
        } catch {
            try cache.run("ROLLBACK TO change")
        }
        try cache.run("RELEASE change")
    }

    func finalizeStatements() { statements.finalize() }
}

/// One change that waits.
private protocol WriteJob: Sendable {
    /// Whether it may throw without undoing its group.
    var isRefusable: Bool { get }
    /// Runs the change, and throws what it throws. May be called again.
    func run(_ transaction: SQLiteTransaction) throws
    /// Answers with what the last run gave.
    func finish()
    func fail(_ error: any Error)
}

private final class Job<Result: Sendable>: WriteJob {
    let isRefusable: Bool
    private let body: @Sendable (SQLiteTransaction) throws -> Result
    private let continuation: CheckedContinuation<Result, any Error>
    private let result = NIOLockedValueBox<Swift.Result<Result, any Error>?>(nil)

    init(
        isRefusable: Bool, _ body: @escaping @Sendable (SQLiteTransaction) throws -> Result,
        _ continuation: CheckedContinuation<Result, any Error>
    ) {
        self.isRefusable = isRefusable
        self.body = body
        self.continuation = continuation
    }

    func run(_ transaction: SQLiteTransaction) throws {
        let outcome = Swift.Result { try body(transaction) }
        result.withLockedValue { $0 = outcome }
        _ = try outcome.get()
    }

    func finish() {
        guard let outcome = result.withLockedValue({ $0 }) else { return }
        continuation.resume(with: outcome)
    }

    func fail(_ error: any Error) { continuation.resume(throwing: error) }
}
