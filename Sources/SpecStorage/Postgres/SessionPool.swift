import Dispatch
import NIOConcurrencyHelpers
import SpecCore

/// Sessions for changes and reads of several steps, each with a thread of its own.
final class SessionPool: Sendable {
    /// How many run at a time.
    static let sessionsMax = 8
    /// How many more may wait; others are turned away.
    static let waitingMax = 1_024

    private struct State {
        var waiting: [any SessionJob] = []
        /// Threads that wait for a job; the one that worked last comes first, its connection is warm.
        var idle: [Worker] = []
        var workerCount = 0
        var isClosed = false
        var closing: [CheckedContinuation<Void, Never>] = []
        /// While the database does not answer, nobody waits for it again before that time.
        var quietUntil: Int64 = 0
        var backOff = BackOff()
        var reason = ""
    }

    /// A thread that waits for what to do.
    private final class Worker: Sendable {
        let arrival = DispatchSemaphore(value: 0)
        let job = NIOLockedValueBox<(any SessionJob)?>(nil)
    }

    private let address: PostgresAddress
    private let state = NIOLockedValueBox(State())

    init(address: PostgresAddress) {
        self.address = address
    }

    /// Runs `body` in a transaction of its own.
    func run<Value: Sendable>(
        _ kind: SessionKind, _ body: @escaping @Sendable (any Transaction) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { submit(TransactionJob(kind, body, $0)) }
    }

    private enum Place {
        case worker(Worker)
        case freshWorker
        case queue
        case nowhere(String)
    }

    private func submit(_ job: any SessionJob) {
        switch state.withLockedValue({ Self.place(job, in: &$0) }) {
        case .worker(let worker):
            worker.job.withLockedValue { $0 = job }
            worker.arrival.signal()
        case .freshWorker: OwnThread.start { self.serve(from: job) }
        case .queue: break
        case .nowhere(let objection): job.fail(.unavailable(objection))
        }
    }

    private static func place(_ job: any SessionJob, in state: inout State) -> Place {
        if state.isClosed { return .nowhere("the store is closed") }
        if let worker = state.idle.popLast() { return .worker(worker) }
        if state.workerCount < sessionsMax {
            state.workerCount += 1
            return .freshWorker
        }
        guard state.waiting.count < waitingMax else { return .nowhere("more than \(waitingMax) changes wait") }
        state.waiting.append(job)
        return .queue
    }

    /// Takes no more, and waits until everything taken is answered.
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

    private func serve(from first: any SessionJob) {
        let worker = Worker()
        var session: PostgresSession?
        var job: (any SessionJob)? = first
        while let next = job {
            run(next, &session)
            job = self.next(worker)
        }
        // The connection ends before the store says that it is closed.
        session = nil
        let closing = state.withLockedValue { state -> [CheckedContinuation<Void, Never>] in
            state.workerCount -= 1
            return state.workerCount == 0 ? state.closing : []
        }
        for continuation in closing { continuation.resume() }
    }

    /// Waits for a job; nil when there are no more.
    private func next(_ worker: Worker) -> (any SessionJob)? {
        let (job, isOver) = state.withLockedValue { state -> ((any SessionJob)?, Bool) in
            if !state.waiting.isEmpty { return (state.waiting.removeFirst(), false) }
            if state.isClosed { return (nil, true) }
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

    /// A connection that was lost before the commit has changed nothing: the job runs again on a fresh one.
    private func run(_ job: any SessionJob, _ session: inout PostgresSession?) {
        for isLastChance in [false, true] {
            do {
                let open = try session ?? connect()
                session = open
                let isAnswered = job.run(open, isLastChance: isLastChance)
                if open.isLost { session = nil }
                if isAnswered { return }
            } catch {
                return job.fail(.unavailable((error as? PostgresFailure)?.message ?? "\(error)"))
            }
        }
    }

    private func connect() throws -> PostgresSession {
        try state.withLockedValue { state in
            guard state.quietUntil <= Stopwatch.milliseconds else {
                throw PostgresFailure(state: "", message: state.reason)
            }
        }
        do {
            let session = PostgresSession(try PostgresConnection.open(address))
            state.withLockedValue { $0.backOff.reset() }
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

/// What a transaction is for.
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
    /// Runs the transaction, again where another was in its way; false when the connection was lost before anything
    /// was kept, and there is another chance.
    func run(_ session: PostgresSession, isLastChance: Bool) -> Bool
    func fail(_ error: StoreError)
}

private struct TransactionJob<Value: Sendable>: SessionJob {
    private let kind: SessionKind
    private let body: @Sendable (any Transaction) throws -> Value
    private let continuation: CheckedContinuation<Value, any Error>

    init(
        _ kind: SessionKind, _ body: @escaping @Sendable (any Transaction) throws -> Value,
        _ continuation: CheckedContinuation<Value, any Error>
    ) {
        self.kind = kind
        self.body = body
        self.continuation = continuation
    }

    func fail(_ error: StoreError) { continuation.resume(throwing: error) }

    func run(_ session: PostgresSession, isLastChance: Bool) -> Bool {
        for attempt in 0...PipelineLoop.retriesMax {
            session.begin(kind.beginning)
            let outcome = Result { try body(PostgresTransaction(session: session, locksRows: kind == .write)) }
            if session.isLost, !isLastChance { return false }
            if mayRunAgain(session.failure, attempt) {
                session.rollback()
                continue
            }
            end(outcome, session)
            return true
        }
        return true
    }

    /// A row that stood in the way of a key can be seen by now: the closure decides anew, once.
    private func mayRunAgain(_ failure: PostgresFailure?, _ attempt: Int) -> Bool {
        guard let failure else { return false }
        return failure.isConflict && attempt < PipelineLoop.retriesMax || failure.isUniqueViolation && attempt == 0
    }

    private func end(_ outcome: Result<Value, any Error>, _ session: PostgresSession) {
        guard case .success = outcome, session.failure == nil else {
            session.rollback()
            if case .success = outcome, let failure = session.failure { return fail(failure.storeError) }
            return continuation.resume(with: outcome)
        }
        do {
            try session.commit()
            continuation.resume(with: outcome)
        } catch {
            session.rollback()
            continuation.resume(throwing: (error as? PostgresFailure)?.storeError ?? error)
        }
    }
}
