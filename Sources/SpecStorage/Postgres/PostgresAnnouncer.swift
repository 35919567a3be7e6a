import Dispatch
import Logging
import NIOConcurrencyHelpers
import SpecCore

/// Sends announcements to all nodes (NOTIFY), on a connection and a thread of its own.
///
/// Each NOTIFY takes a lock of the whole server at its commit, so announcements that arrive while a statement is under
/// way share the next one. The connection is opened for the first announcement.
final class PostgresAnnouncer: Sendable {
    /// The maximum number of waiting announcements; more are dropped.
    static let waitingMax = 8_192
    /// The maximum number of announcements per statement.
    static let batchMax = 512

    /// Sends the payloads in the second array, each on the channel at the same place of the first.
    static let notify: StaticString = """
        SELECT pg_notify(channel, payload) FROM unnest($1::text[], $2::text[]) AS notice (channel, payload)
        """

    private struct State {
        var waiting: [[SQLValue]] = []
        var isStarted = false
        var isClosed = false
    }

    private let address: PostgresAddress
    private let logger: Logger
    private let state = NIOLockedValueBox(State())
    private let arrival = DispatchSemaphore(value: 0)
    private let end = Countdown(1)

    init(address: PostgresAddress, logger: Logger) {
        self.address = address
        self.logger = logger
    }

    /// Returns false if the announcement was dropped.
    func announce(_ text: String, on channel: StaticString) -> Bool {
        precondition(text.utf8.count <= BusSignal.announcementBytesMax, "announcements keep to their bound")
        let (isTaken, mustStart) = state.withLockedValue { state -> (Bool, Bool) in
            guard !state.isClosed, state.waiting.count < Self.waitingMax else { return (false, false) }
            state.waiting.append([.text("\(channel)"), .text(text)])
            if state.waiting.count == 1 { arrival.signal() }
            defer { state.isStarted = true }
            return (true, !state.isStarted)
        }
        if mustStart {
            OwnThread.start {
                self.run()
                self.end.down()
            }
        }
        return isTaken
    }

    /// Sends what waits, and closes the connection.
    func close() async {
        let isStarted = state.withLockedValue { state in
            state.isClosed = true
            return state.isStarted
        }
        arrival.signal()
        if isStarted { await end.wait() }
    }

    // MARK: Thread

    private func run() {
        var session: PostgresSession?
        var backOff = BackOff()
        while true {
            let (batch, isClosed) = take()
            if batch.isEmpty, isClosed { return }
            guard !batch.isEmpty else {
                arrival.wait()
                continue
            }
            do {
                try send(batch, &session)
                backOff.reset()
            } catch {
                session = nil
                logger.warning("\(batch.count) announcements to other nodes were lost: \(Self.reason(error))")
                if !isClosed { Stopwatch.pause(milliseconds: backOff.pause()) }
            }
        }
    }

    private func take() -> ([[SQLValue]], Bool) {
        state.withLockedValue { state in
            let batch = Array(state.waiting.prefix(Self.batchMax))
            state.waiting.removeFirst(batch.count)
            return (batch, state.isClosed)
        }
    }

    /// Sends a batch; a connection that was lost since the last one is opened again.
    private func send(_ batch: [[SQLValue]], _ session: inout PostgresSession?) throws {
        if let open = session {
            do { return try notify(batch, open) } catch { session = nil }
        }
        let fresh = PostgresSession(try PostgresConnection.open(address))
        session = fresh
        try notify(batch, fresh)
    }

    private func notify(_ batch: [[SQLValue]], _ session: PostgresSession) throws {
        try session.run(PostgresConnection.Statement(text: Self.notify), arraysOf: batch) { _ in }
    }

    private static func reason(_ error: any Error) -> String { (error as? PostgresFailure)?.message ?? "\(error)" }
}
