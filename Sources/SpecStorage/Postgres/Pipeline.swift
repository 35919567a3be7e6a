import CPostgres
import NIOConcurrencyHelpers
import SpecCore

/// Statements of many callers over a few connections: whatever has piled up is sent together and shares one Sync.
///
/// Each connection has a thread that sends, receives, and connects again when it was lost.
final class Pipeline: Sendable {
    /// When callers hear of their rows, and what a failure does to the others of its batch.
    enum Kind: Sendable {
        /// At once; those behind a failure run again, one by one.
        case reads
        /// After the commit only; a batch that failed runs again, one by one.
        case writes
    }

    struct Bounds: Sendable {
        let connections: Int
        /// How many statements may wait; more are turned away.
        let waitingMax: Int
        /// How many share a Sync.
        let batchMax: Int
        /// How many bytes of values they have together; a single one may have more.
        let batchBytesMax: Int
        /// How many batches may be under way on a connection.
        let batchesMax: Int
        /// How many statements must wait for a batch of its own while rows are locked for another.
        let besideMin: Int
    }

    private let inbox: PipelineInbox
    private let ends: Countdown

    /// - Parameter connections: as many as the bounds say, already open.
    init(_ kind: Kind, _ bounds: Bounds, address: PostgresAddress, connections: [PostgresConnection]) {
        inbox = PipelineInbox(bounds)
        ends = Countdown(connections.count)
        for connection in connections {
            let loop = PipelineLoop(kind, bounds, inbox, address)
            inbox.connected()
            OwnThread.start { [ends] in
                loop.run(connection)
                ends.down()
            }
        }
    }

    func all<Row>(_ query: Query<Row>) async throws -> [Row] {
        try await withCheckedThrowingContinuation { inbox.submit(RowsJob(query, $0)) }
    }

    func run<Row>(_ write: NamedWrite<Row>) async throws -> [Row] {
        try await withCheckedThrowingContinuation { inbox.submit(RowsJob(write, $0)) }
    }

    /// Takes no more, and waits until everything taken is answered.
    func close() async {
        inbox.close()
        await ends.wait()
    }
}

/// Resumes whoever waits when the last of a few has come.
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
