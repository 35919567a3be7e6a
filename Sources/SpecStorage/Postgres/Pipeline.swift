import CPostgres
import NIOConcurrencyHelpers
import SpecCore

/// Pipelines statements of many callers over a few connections: all waiting statements are sent together and share one
/// Sync.
///
/// Each connection has a thread that sends, receives, and reconnects.
final class Pipeline: Sendable {
    /// The time at which callers get their rows, and the effect of a failure on the rest of its batch.
    enum Kind: Sendable {
        /// Rows are returned immediately; the statements after a failure run again, one by one.
        case reads
        /// Rows are returned only after the commit; the statements of a failed batch run again, one by one.
        case writes
    }

    struct Bounds: Sendable {
        /// The maximum number of waiting statements; more are rejected.
        let waitingMax: Int
        /// The maximum number of statements that share a Sync.
        let batchMax: Int
        /// The maximum size of the values of a batch in bytes; a single statement may have more.
        let batchBytesMax: Int
        /// The maximum number of batches in flight per connection.
        let batchesMax: Int
        /// The number of waiting statements that justifies a second batch while rows are locked by another.
        let besideMin: Int
    }

    private let inbox: PipelineInbox
    private let ends: Countdown

    /// - Parameters:
    ///   - count: the number of connections.
    ///   - connections: those that are open, at least one; the others are opened when the server has room for them.
    init(
        _ kind: Kind, _ bounds: Bounds, address: PostgresAddress, count: Int, connections: [PostgresConnection],
        afterCommit: AfterCommit
    ) {
        inbox = PipelineInbox(bounds)
        ends = Countdown(count)
        for number in 0..<count {
            let connection = number < connections.count ? connections[number] : nil
            let loop = PipelineLoop(kind, bounds, inbox, address, afterCommit)
            if connection != nil { inbox.connected() }
            OwnThread.start { [ends] in
                loop.run(connection)
                ends.down()
            }
        }
    }

    func all<Row>(_ query: Query<Row>) async throws -> [Row] {
        try await withCheckedThrowingContinuation { inbox.submit(RowsJob(query, $0)) }
    }

    /// - Parameter isUrgent: true if it passes the statements that wait.
    func run<Row>(_ write: NamedWrite<Row>, isUrgent: Bool = false) async throws -> [Row] {
        try await withCheckedThrowingContinuation { inbox.submit(RowsJob(write, $0), isUrgent: isUrgent) }
    }

    /// Accepts no more statements, and waits until all accepted ones are answered.
    func close() async {
        inbox.close()
        await ends.wait()
    }
}

/// Resumes a continuation when a count reaches zero.
final class Countdown: Sendable {
    private struct State {
        var left: Int
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    private let state: NIOLockedValueBox<State>

    init(_ count: Int) {
        state = NIOLockedValueBox(State(left: count))
    }

    func down() {
        let waiting = state.withLockedValue { state -> [CheckedContinuation<Void, Never>] in
            state.left -= 1
            guard state.left == 0 else { return [] }
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    func wait() async {
        await withCheckedContinuation { continuation in
            let isOver = state.withLockedValue { state in
                if state.left > 0 { state.waiting.append(continuation) }
                return state.left == 0
            }
            if isOver { continuation.resume() }
        }
    }
}
