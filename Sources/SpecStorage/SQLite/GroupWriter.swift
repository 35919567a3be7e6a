import Dispatch
import GRDB
import GRDBSQLite
import NIOConcurrencyHelpers
import SpecCore

/// Commits waiting changes in groups, with one fsync per group.
///
/// A change is acknowledged only after its group's COMMIT. If a group cannot be committed, its changes run again, one
/// by one, and each gets its own result.
final class GroupWriter: Sendable {
    /// The maximum number of waiting changes; more are rejected.
    static let waitingMax = 8_192
    /// The maximum number of changes per commit.
    static let groupMax = 512
    /// The time in milliseconds after which a group takes no further change, so that slow changes do not hold up those
    /// behind them all together.
    static let groupMilliseconds: Int64 = 50

    private struct State {
        var waiting: [any WriteJob] = []
        var isRunning = false
        var isClosed = false
    }

    private let pool: DatabasePool
    private let searches: SearchIndexes
    private let log: WriteAheadLog
    private let afterCommit: AfterCommit
    private let statements = StatementCaches()
    private let state = NIOLockedValueBox(State())
    /// Signalled when the writer is closed and no change waits.
    private let idle = DispatchSemaphore(value: 0)

    init(pool: DatabasePool, searches: SearchIndexes, log: WriteAheadLog, afterCommit: AfterCommit) {
        self.pool = pool
        self.searches = searches
        self.log = log
        self.afterCommit = afterCommit
    }

    /// Commits a change.
    /// - Parameters:
    ///   - isUrgent: true if it passes the changes that wait.
    ///   - isRefusable: true if the change may throw halfway without failing the commit of its group. That needs a
    ///     savepoint; named writes, which return rejections as rows, do without.
    ///   - body: the change, which adds its announcements to its second argument.
    func write<Result: Sendable>(
        isRefusable: Bool, isUrgent: Bool = false,
        _ body: @escaping @Sendable (SQLiteTransaction, inout Announcements) throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            let job = Job(isRefusable: isRefusable, body, continuation)
            let (failure, mustRun) = enqueue(job, isUrgent: isUrgent)
            if let failure { job.fail(failure) }
            if mustRun { runNext() }
        }
    }

    private func enqueue(_ job: any WriteJob, isUrgent: Bool) -> (failure: StoreError?, mustRun: Bool) {
        state.withLockedValue { state in
            if state.isClosed { return (.closed, false) }
            guard state.waiting.count < Self.waitingMax || isUrgent else {
                return (.unavailable("more than \(Self.waitingMax) changes are waiting"), false)
            }
            state.waiting.insert(job, at: isUrgent ? 0 : state.waiting.endIndex)
            defer { state.isRunning = true }
            return (nil, !state.isRunning)
        }
    }

    /// Accepts no more changes, and blocks until all accepted ones are answered. Called once.
    func close() {
        state.withLockedValue { state in
            state.isClosed = true
            if !state.isRunning { idle.signal() }
        }
        idle.wait()
    }

    /// Runs groups on the writer's queue until no changes wait.
    private func runNext() {
        pool.asyncWriteWithoutTransaction { database in
            while let group = self.takeGroup() { self.commit(group, database) }
        }
    }

    private func takeGroup() -> [any WriteJob]? {
        state.withLockedValue { state in
            guard !state.waiting.isEmpty else {
                state.isRunning = false
                if state.isClosed { idle.signal() }
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
            let count = try commitTogether(group, cache)
            putBack(group[count...])
            announce(group[..<count])
            for job in group[..<count] { job.finish() }
            log.bound(cache.connection)
        } catch {
            cache.rollback()
            guard group.count > 1 else { return group[0].fail(SQLiteFailure.storeError(error)) }
            for job in group { commit([job], database) }
        }
    }

    /// Returns changes for which a group had no time to the head of the queue.
    private func putBack(_ jobs: ArraySlice<any WriteJob>) {
        if !jobs.isEmpty { state.withLockedValue { $0.waiting.insert(contentsOf: jobs, at: 0) } }
    }

    private func announce(_ group: ArraySlice<any WriteJob>) {
        var announcements = Announcements()
        for job in group { job.collect(into: &announcements) }
        afterCommit.publish(announcements)
    }

    /// - Returns: the number of changes that there was time for, at least one.
    private func commitTogether(_ group: [any WriteJob], _ cache: StatementCache) throws -> Int {
        let end = Stopwatch.milliseconds + Self.groupMilliseconds
        try cache.run("BEGIN IMMEDIATE")
        var count = 0
        repeat {
            let job = group[count]
            job.isRefusable ? try runRefusable(job, cache) : try job.run(SQLiteTransaction(cache, afterCommit))
            count += 1
        } while count < group.count && Stopwatch.milliseconds < end
        try searches.fill(cache)
        try cache.run("COMMIT")
        return count
    }

    private func runRefusable(_ job: any WriteJob, _ cache: StatementCache) throws {
        try cache.run("SAVEPOINT change")
        do {
            try job.run(SQLiteTransaction(cache, afterCommit))
        } catch {
            try cache.run("ROLLBACK TO change")
        }
        try cache.run("RELEASE change")
    }

    func finalizeStatements() { statements.finalize() }
}

/// A waiting change.
private protocol WriteJob: Sendable {
    /// True if it may throw without rolling back its group.
    var isRefusable: Bool { get }
    /// Runs the change, and rethrows its errors. May be called again.
    func run(_ transaction: SQLiteTransaction) throws
    /// Adds the announcements of the last run, unless it failed.
    func collect(into announcements: inout Announcements)
    /// Resumes the caller with the result of the last run.
    func finish()
    func fail(_ error: any Error)
}

private final class Job<Result: Sendable>: WriteJob {
    let isRefusable: Bool
    private let body: @Sendable (SQLiteTransaction, inout Announcements) throws -> Result
    private let continuation: CheckedContinuation<Result, any Error>
    /// The outcome of the last run, with the announcements that belong to it.
    private let last = NIOLockedValueBox<(result: Swift.Result<Result, any Error>, announcements: Announcements)?>(nil)

    init(
        isRefusable: Bool, _ body: @escaping @Sendable (SQLiteTransaction, inout Announcements) throws -> Result,
        _ continuation: CheckedContinuation<Result, any Error>
    ) {
        self.isRefusable = isRefusable
        self.body = body
        self.continuation = continuation
    }

    func run(_ transaction: SQLiteTransaction) throws {
        var announcements = Announcements()
        let result = Swift.Result { try body(transaction, &announcements) }
        last.withLockedValue { $0 = (result, announcements) }
        _ = try result.get()
    }

    func collect(into announcements: inout Announcements) {
        guard let (result, due) = last.withLockedValue({ $0 }), case .success = result else { return }
        announcements.append(due)
    }

    func finish() {
        guard let (result, _) = last.withLockedValue({ $0 }) else { return }
        continuation.resume(with: result)
    }

    func fail(_ error: any Error) { continuation.resume(throwing: error) }
}
