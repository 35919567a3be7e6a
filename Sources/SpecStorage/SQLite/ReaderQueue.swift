import Dispatch
import NIOConcurrencyHelpers
import SpecCore

/// Admits reads to the read connections, by turns among the requesters that wait.
///
/// A requester holds at most half of the connections: however many and slow the reads of one user are, the others
/// have the other half, and their turn comes after one read of each user that waits.
final class ReaderQueue: Sendable {
    private struct State {
        var free: Int
        var running: [Requester: Int] = [:]
        var waiting: [Requester: FirstInFirstOut<CheckedContinuation<Void, any Error>>] = [:]
        /// The requesters with waiting reads; whose turn comes first stands first.
        var turns: [Requester] = []
        var waitingCount = 0
        var isClosed = false
    }

    private let connections: Int
    private let share: Int
    private let waitingMax: Int
    private let state: NIOLockedValueBox<State>
    /// Signalled when the queue is closed and no read runs.
    private let idle = DispatchSemaphore(value: 0)

    /// - Parameters:
    ///   - connections: the number of reads that may run at the same time.
    ///   - waitingMax: the number of reads that may wait; more are rejected.
    init(connections: Int, waitingMax: Int) {
        self.connections = connections
        self.waitingMax = waitingMax
        share = max(1, connections / 2)
        state = NIOLockedValueBox(State(free: connections))
    }

    /// The number of reads that wait.
    var waitingCount: Int { state.withLockedValue { $0.waitingCount } }

    /// Waits until a read of the requester may run.
    /// - Throws: ``StoreError/unavailable(_:)`` if too many wait, or the queue is closed.
    func enter(_ requester: Requester) async throws {
        if try admit(requester) { return }
        try await withCheckedThrowingContinuation { wait($0, for: requester) }
    }

    private func admit(_ requester: Requester) throws -> Bool {
        try state.withLockedValue { state in
            if state.isClosed { throw StoreError.closed }
            return admit(requester, &state)
        }
    }

    private func admit(_ requester: Requester, _ state: inout State) -> Bool {
        guard state.free > 0, state.running[requester, default: 0] < share else { return false }
        state.free -= 1
        state.running[requester, default: 0] += 1
        return true
    }

    private func wait(_ continuation: CheckedContinuation<Void, any Error>, for requester: Requester) {
        // A connection may have become free, or the queue may have been closed, since the first try.
        let outcome = state.withLockedValue { state -> Result<Void, StoreError>? in
            if state.isClosed { return .failure(.closed) }
            if admit(requester, &state) { return .success(()) }
            guard state.waitingCount < waitingMax else {
                return .failure(.unavailable("more than \(waitingMax) reads are waiting"))
            }
            if state.waiting[requester] == nil { state.turns.append(requester) }
            state.waiting[requester, default: FirstInFirstOut()].append(continuation)
            state.waitingCount += 1
            return nil
        }
        if let outcome { continuation.resume(with: outcome) }
    }

    /// Ends a read, and admits the next one.
    func leave(_ requester: Requester) {
        let next = state.withLockedValue { state -> CheckedContinuation<Void, any Error>? in
            state.free += 1
            let count = state.running[requester, default: 1] - 1
            state.running[requester] = count > 0 ? count : nil
            if state.isClosed, state.free == connections { idle.signal() }
            return takeNext(&state)
        }
        next?.resume()
    }

    private func takeNext(_ state: inout State) -> CheckedContinuation<Void, any Error>? {
        guard let turn = state.turns.firstIndex(where: { state.running[$0, default: 0] < share }) else { return nil }
        let requester = state.turns.remove(at: turn)
        guard let next = state.waiting[requester]?.first, admit(requester, &state) else { return nil }
        state.waitingCount -= 1
        state.waiting[requester]?.removeFirst()
        if state.waiting[requester]?.isEmpty ?? true {
            state.waiting[requester] = nil
        } else {
            state.turns.append(requester)
        }
        return next
    }

    /// Rejects waiting and further reads.
    func close() {
        let waiting = state.withLockedValue { state in
            if !state.isClosed, state.free == connections { idle.signal() }
            state.isClosed = true
            defer { (state.waiting, state.turns, state.waitingCount) = ([:], [], 0) }
            return state.turns.flatMap { state.waiting[$0]?.removeAll() ?? [] }
        }
        for continuation in waiting { continuation.resume(throwing: StoreError.closed) }
    }

    /// Blocks until no read runs, or the time is over. Called once, after ``close()``, until it returns true.
    func waitUntilIdle(until time: DispatchTime) -> Bool { idle.wait(timeout: time) == .success }
}

extension StoreError {
    /// The error of all work that comes after ``SQLiteStore/close()``.
    static let closed = StoreError.unavailable("the store is closed")
}
