import Dispatch
import NIOConcurrencyHelpers
import SpecCore

/// A pool of sessions for changes and reads of several steps, each with its own thread.
final class SessionPool: Sendable {
    /// The maximum number of waiting transactions; more are rejected.
    static let waitingMax = 1_024

    private struct State {
        var waiting: [any SessionJob] = []
        /// Idle threads; the most recently used one comes first, because its connection is warm.
        var idle: [Worker] = []
        var workerCount = 0
        /// The number of open connections. Workers that are idle have one.
        var openCount = 0
        var isClosed = false
        var closing: [CheckedContinuation<Void, Never>] = []
        /// The time before which no connection is tried, because the database does not respond.
        var quietUntil: Int64 = 0
        var backOff = BackOff()
        var reason = ""

        /// True if no connection is tried for now, because the last one failed.
        var isQuiet: Bool { quietUntil > Stopwatch.milliseconds }
    }

    /// A thread that waits for jobs.
    private final class Worker: Sendable {
        let arrival = DispatchSemaphore(value: 0)
        let job = NIOLockedValueBox<(any SessionJob)?>(nil)
    }

    private let address: PostgresAddress
    private let sessionsMax: Int
    private let afterCommit: AfterCommit
    private let state = NIOLockedValueBox(State())

    /// - Parameters:
    ///   - first: an open connection: if the server has no room for another one, this one does the work.
    ///   - sessionsMax: the maximum number of sessions.
    init(address: PostgresAddress, first: PostgresConnection, sessionsMax: Int, afterCommit: AfterCommit) {
        self.address = address
        self.sessionsMax = sessionsMax
        self.afterCommit = afterCommit
        state.withLockedValue { ($0.workerCount, $0.openCount) = (1, 1) }
        OwnThread.start { self.serve(nil, PostgresSession(first)) }
    }

    /// Runs `body` in a transaction of its own.
    func run<Value: Sendable>(
        _ kind: SessionKind, _ body: @escaping @Sendable (any Transaction) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { submit(TransactionJob(kind, afterCommit, body, $0)) }
    }

    private enum Place {
        case worker(Worker)
        case freshWorker
        case queue
        case nowhere(String)
    }

    private func submit(_ job: any SessionJob) {
        switch state.withLockedValue({ place(job, in: &$0) }) {
        case .worker(let worker):
            worker.job.withLockedValue { $0 = job }
            worker.arrival.signal()
        case .freshWorker: OwnThread.start { self.serve(job, nil) }
        case .queue: break
        case .nowhere(let failure): job.fail(.unavailable(failure))
        }
    }

    private func place(_ job: any SessionJob, in state: inout State) -> Place {
        if state.isClosed { return .nowhere("the store is closed") }
        if let worker = state.idle.popLast() { return .worker(worker) }
        // While no further connection can be had, the open ones do the work.
        if state.workerCount < sessionsMax, !state.isQuiet || state.openCount == 0 {
            state.workerCount += 1
            return .freshWorker
        }
        guard state.waiting.count < Self.waitingMax else {
            return .nowhere("more than \(Self.waitingMax) changes are waiting")
        }
        state.waiting.append(job)
        return .queue
    }

    /// Accepts no more jobs, and waits until all accepted ones are answered.
    func close() async {
        let idle = state.withLockedValue { state in
            state.isClosed = true
            defer { state.idle = [] }
            return state.idle
        }
        for worker in idle { worker.arrival.signal() }
        await withCheckedContinuation { continuation in
            let isOver = state.withLockedValue { state in
                if state.workerCount > 0 { state.closing.append(continuation) }
                return state.workerCount == 0
            }
            if isOver { continuation.resume() }
        }
    }

    // MARK: Threads

    private func serve(_ first: (any SessionJob)?, _ open: PostgresSession?) {
        let worker = Worker()
        var session = open
        var job = first ?? next(worker, hasSession: session != nil)
        while let next = job {
            guard run(next, &session) else { break }
            job = self.next(worker, hasSession: session != nil)
        }
        // The connection is closed before the store reports that it is closed.
        let wasOpen = session != nil
        session = nil
        let closing = state.withLockedValue { state -> [CheckedContinuation<Void, Never>] in
            if wasOpen { state.openCount -= 1 }
            state.workerCount -= 1
            return state.workerCount == 0 ? state.closing : []
        }
        for continuation in closing { continuation.resume() }
    }

    /// Waits for a job; nil for a worker without a connection, and after the pool is closed.
    private func next(_ worker: Worker, hasSession: Bool) -> (any SessionJob)? {
        let (job, isOver) = state.withLockedValue { state -> ((any SessionJob)?, Bool) in
            if !state.waiting.isEmpty { return (state.waiting.removeFirst(), false) }
            if state.isClosed || !hasSession { return (nil, true) }
            state.idle.append(worker)
            return (nil, false)
        }
        if job != nil || isOver { return job }
        worker.arrival.wait()
        return worker.job.withLockedValue { slot in
            defer { slot = nil }
            return slot
        }
    }

    /// Runs a job. If the connection was lost before the commit, nothing has changed, and the job runs again on a new
    /// one.
    /// - Returns: false if there was no connection for it, and workers that have one take it over.
    private func run(_ job: any SessionJob, _ session: inout PostgresSession?) -> Bool {
        for isLastChance in [false, true] {
            do {
                let open = try session ?? connect()
                session = open
                let isAnswered = job.run(open, isLastChance: isLastChance)
                if open.isLost { drop(&session) }
                if isAnswered { return true }
            } catch {
                if handOver(job) { return false }
                job.fail(.unavailable((error as? PostgresFailure)?.message ?? "\(error)"))
                return true
            }
        }
        return true
    }

    private func drop(_ session: inout PostgresSession?) {
        session = nil
        state.withLockedValue { $0.openCount -= 1 }
    }

    /// Leaves a job to the workers that have a connection; returns false if there are none.
    private func handOver(_ job: any SessionJob) -> Bool {
        let (isTaken, worker) = state.withLockedValue { state -> (Bool, Worker?) in
            guard state.openCount > 0 else { return (false, nil) }
            if let worker = state.idle.popLast() { return (true, worker) }
            state.waiting.insert(job, at: 0)
            return (true, nil)
        }
        if let worker {
            worker.job.withLockedValue { $0 = job }
            worker.arrival.signal()
        }
        return isTaken
    }

    private func connect() throws -> PostgresSession {
        try state.withLockedValue { state in
            if state.isQuiet { throw PostgresFailure(state: "", message: state.reason) }
        }
        do {
            let session = PostgresSession(try PostgresConnection.open(address))
            state.withLockedValue { state in
                state.openCount += 1
                state.backOff.reset()
            }
            return session
        } catch let failure as PostgresFailure {
            state.withLockedValue { state in
                state.quietUntil = Stopwatch.milliseconds + Int64(state.backOff.pause())
                state.reason = "the database cannot be reached: \(failure.message)"
            }
            throw failure
        }
    }
}

/// The purpose of a transaction.
enum SessionKind: Sendable {
    case read, write

    var beginning: StaticString {
        switch self {
        case .read: "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
        case .write: "BEGIN ISOLATION LEVEL READ COMMITTED"
        }
    }
}

/// A transaction that waits for a session.
private protocol SessionJob: Sendable {
    /// Runs the transaction, again after a conflict. Returns false if the connection was lost before anything was
    /// committed and the job can be retried.
    func run(_ session: PostgresSession, isLastChance: Bool) -> Bool
    func fail(_ error: StoreError)
}

private struct TransactionJob<Value: Sendable>: SessionJob {
    private let kind: SessionKind
    private let afterCommit: AfterCommit
    private let body: @Sendable (any Transaction) throws -> Value
    private let continuation: CheckedContinuation<Value, any Error>

    init(
        _ kind: SessionKind, _ afterCommit: AfterCommit,
        _ body: @escaping @Sendable (any Transaction) throws -> Value,
        _ continuation: CheckedContinuation<Value, any Error>
    ) {
        self.kind = kind
        self.afterCommit = afterCommit
        self.body = body
        self.continuation = continuation
    }

    func fail(_ error: StoreError) { continuation.resume(throwing: error) }

    func run(_ session: PostgresSession, isLastChance: Bool) -> Bool {
        for attempt in 0...PipelineLoop.retriesMax {
            session.begin(kind.beginning)
            let collector = kind == .write ? AnnouncementCollector() : nil
            let transaction = PostgresTransaction(
                session: session, locksRows: kind == .write, afterCommit: afterCommit, collector: collector)
            let outcome = Result { try body(transaction) }
            if session.isLost, !isLastChance { return false }
            if mayRunAgain(session.failure, attempt) {
                session.rollback()
                continue
            }
            end(outcome, collector?.announcements, session)
            return true
        }
        return true
    }

    /// True after a unique violation: the conflicting row is visible by now, so the closure runs once more.
    private func mayRunAgain(_ failure: PostgresFailure?, _ attempt: Int) -> Bool {
        guard let failure else { return false }
        return failure.isConflict && attempt < PipelineLoop.retriesMax || failure.isUniqueViolation && attempt == 0
    }

    private func end(
        _ outcome: Result<Value, any Error>, _ announcements: Announcements?, _ session: PostgresSession
    ) {
        guard case .success = outcome, session.failure == nil else {
            session.rollback()
            if case .success = outcome, let failure = session.failure { return fail(failure.storeError) }
            return continuation.resume(with: outcome)
        }
        do {
            try session.commit()
            if let announcements { afterCommit.publish(announcements) }
            continuation.resume(with: outcome)
        } catch {
            session.rollback()
            continuation.resume(throwing: (error as? PostgresFailure)?.storeError ?? error)
        }
    }
}
