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
        var isClosed = false
        /// While the database does not answer, nobody waits for it again before that time.
        var quietUntil: Int64 = 0
        var backOff = BackOff()
        var reason = ""
    }

    private let address: PostgresAddress
    private let state = NIOLockedValueBox(State())
    /// Counts what the threads find in the queue, and at the end once for each of them.
    private let arrivals = DispatchSemaphore(value: 0)
    private let ends = Countdown(sessionsMax)

    init(address: PostgresAddress) {
        self.address = address
        for _ in 0..<Self.sessionsMax {
            OwnThread.start {
                self.serve()
                self.ends.down()
            }
        }
    }

    /// Runs `body` in a transaction of its own.
    func run<Value: Sendable>(
        _ kind: SessionKind, _ body: @escaping @Sendable (any Transaction) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { submit(TransactionJob(kind, body, $0)) }
    }

    private func submit(_ job: any SessionJob) {
        let objection = state.withLockedValue { state -> String? in
            if state.isClosed { return "the store is closed" }
            guard state.waiting.count < Self.waitingMax else { return "more than \(Self.waitingMax) changes wait" }
            state.waiting.append(job)
            return nil
        }
        if let objection { job.fail(.unavailable(objection)) } else { arrivals.signal() }
    }

    /// Takes no more, and waits until everything taken is answered.
    func close() async {
        state.withLockedValue { $0.isClosed = true }
        for _ in 0..<Self.sessionsMax { arrivals.signal() }
        await ends.wait()
    }

    // MARK: Threads

    private func serve() {
        var session: PostgresSession?
        while true {
            arrivals.wait()
            let job = state.withLockedValue { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }
            guard let job else { return }
            run(job, &session)
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
