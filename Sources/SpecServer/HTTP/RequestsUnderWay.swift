import NIOConcurrencyHelpers
import NIOCore

/// Counts the requests that are with the dispatcher, or whose response is being streamed.
///
/// A request outlives its connection if the client hangs up; a server that stops waits for those too, because the
/// services and their store end behind it.
final class RequestsUnderWay: Sendable {
    private struct State {
        var count = 0
        var waiting: [Waiter] = []
    }

    private let state = NIOLockedValueBox(State())

    func begin() { state.withLockedValue { $0.count += 1 } }

    func end() {
        let waiting = state.withLockedValue { state -> [Waiter] in
            state.count -= 1
            guard state.count == 0, !state.waiting.isEmpty else { return [] }
            defer { state.waiting = [] }
            return state.waiting
        }
        for waiter in waiting { waiter.resume() }
    }

    /// Waits until there are none, or the time has come; a cancelled task waits as well.
    func wait(until deadline: NIODeadline, on loop: any EventLoop) async {
        await withCheckedContinuation { continuation in
            let waiter = Waiter(continuation)
            let isOver = state.withLockedValue { state in
                if state.count > 0 { state.waiting.append(waiter) }
                return state.count == 0
            }
            if isOver { waiter.resume() } else { loop.scheduleTask(deadline: deadline) { waiter.resume() } }
        }
    }

    /// A continuation that is resumed by whichever comes first.
    private final class Waiter: Sendable {
        private let continuation: NIOLockedValueBox<CheckedContinuation<Void, Never>?>

        init(_ continuation: CheckedContinuation<Void, Never>) {
            self.continuation = NIOLockedValueBox(continuation)
        }

        func resume() { continuation.withLockedValue { $0.take() }?.resume() }
    }
}
