import CPostgres
import Logging
import NIOConcurrencyHelpers
import SpecCore

/// The connection that receives announcements of all nodes (LISTEN), on its own thread.
final class PostgresListener: Sendable {
    /// The interval of health checks while nothing arrives.
    static let trialMilliseconds = 1_000
    /// The time-out of a health check, after which announcements may be missed.
    static let silenceMilliseconds = 2_000

    private struct State {
        var handlers: [String: [@Sendable (BusSignal) -> Void]] = [:]
        /// Channels to which the connection does not listen yet.
        var fresh: [String] = []
        var isClosed = false
    }

    private let address: PostgresAddress
    private let logger: Logger
    private let state = NIOLockedValueBox(State())
    private let wakeup = Wakeup()
    private let end = Countdown(1)

    init(address: PostgresAddress, logger: Logger) {
        self.address = address
        self.logger = logger
        OwnThread.start {
            self.run()
            self.end.down()
        }
    }

    func listen(on channel: StaticString, _ handler: @escaping @Sendable (BusSignal) -> Void) {
        // First, so that it cannot come behind the `connected` of the listener's thread.
        handler(.disconnected)
        state.withLockedValue { state in
            state.handlers["\(channel)", default: []].append(handler)
            state.fresh.append("\(channel)")
        }
        wakeup.wake()
    }

    func close() async {
        state.withLockedValue { $0.isClosed = true }
        wakeup.wake()
        await end.wait()
    }

    private var isClosed: Bool { state.withLockedValue { $0.isClosed } }

    // MARK: Thread

    private func run() {
        var backOff = BackOff()
        while !isClosed {
            do {
                let connection = try PostgresConnection(plain: address)
                defer { tellAll(.disconnected) }
                state.withLockedValue { $0.fresh = Array($0.handlers.keys) }
                try listen(connection) { backOff.reset() }
            } catch {
                logger.warning("announcements of other nodes cannot be received: \(Self.reason(error))")
            }
            if !isClosed { Stopwatch.pause(milliseconds: backOff.pause()) }
        }
    }

    private static func reason(_ error: any Error) -> String { (error as? PostgresFailure)?.message ?? "\(error)" }

    private func listen(_ connection: PostgresConnection, _ onAnswer: () -> Void) throws {
        guard PQsetnonblocking(connection.pointer, 1) == 0 else {
            throw PostgresFailure(connection: connection.pointer)
        }
        while !isClosed {
            try listenToFresh(connection)
            onAnswer()
            let isHeard = connection.wait(toWrite: false, wakeup: wakeup, milliseconds: Self.trialMilliseconds)
            try connection.receive()
            deliver(connection)
            if !isHeard { try ask("SELECT 1", connection) }
        }
    }

    private func listenToFresh(_ connection: PostgresConnection) throws {
        let fresh = state.withLockedValue { state in
            defer { state.fresh = [] }
            return Set(state.fresh)
        }
        for channel in fresh {
            try ask("LISTEN \"\(channel)\"", connection)
            for handler in handlers(of: channel) { handler(.connected) }
        }
    }

    /// Runs a statement and waits for its result, with a short time-out.
    private func ask(_ sql: String, _ connection: PostgresConnection) throws {
        guard PQsendQuery(connection.pointer, sql) == 1 else { throw PostgresFailure(connection: connection.pointer) }
        let deadline = Stopwatch.milliseconds + Int64(Self.silenceMilliseconds)
        while true {
            let isSent = try connection.flush()
            while PQisBusy(connection.pointer) == 0 {
                guard let result = PQgetResult(connection.pointer) else { return deliver(connection) }
                defer { PQclear(result) }
                if PQresultStatus(result) == PGRES_FATAL_ERROR { throw PostgresFailure(result) }
            }
            let left = Int(deadline - Stopwatch.milliseconds)
            guard left > 0, connection.wait(toWrite: !isSent, wakeup: nil, milliseconds: left) else {
                throw PostgresFailure(state: "", message: "the server did not respond in time")
            }
            try connection.receive()
        }
    }

    private func deliver(_ connection: PostgresConnection) {
        while let notice = PQnotifies(connection.pointer) {
            defer { PQfreemem(notice) }
            let text = String(cString: notice.pointee.extra)
            for handler in handlers(of: String(cString: notice.pointee.relname)) { handler(.announcement(text)) }
        }
    }

    private func handlers(of channel: String) -> [@Sendable (BusSignal) -> Void] {
        state.withLockedValue { $0.handlers[channel] ?? [] }
    }

    private func tellAll(_ signal: BusSignal) {
        let all = state.withLockedValue { $0.handlers.values.flatMap { $0 } }
        for handler in all { handler(signal) }
    }
}
