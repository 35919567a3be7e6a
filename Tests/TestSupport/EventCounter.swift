import NIOConcurrencyHelpers

/// A count that tests wait for; a test that is cancelled, by its time limit for instance, waits no longer.
package final class EventCounter: Sendable {
    private struct State {
        var count = 0
        var waiting: [(needed: Int, end: AsyncStream<Void>.Continuation)] = []
    }

    private let state = NIOLockedValueBox(State())

    package init() {}

    package var count: Int { state.withLockedValue { $0.count } }

    /// Counts one more.
    /// - Returns: the new count.
    @discardableResult package func add() -> Int {
        state.withLockedValue { state in
            state.count += 1
            for waiter in state.waiting where waiter.needed <= state.count { waiter.end.finish() }
            state.waiting.removeAll { $0.needed <= state.count }
            return state.count
        }
    }

    /// Waits until the count is reached.
    package func wait(for count: Int, isolation: isolated (any Actor)? = #isolation) async {
        let (steps, end) = AsyncStream.makeStream(of: Void.self)
        state.withLockedValue { state in
            if state.count >= count { end.finish() } else { state.waiting.append((count, end)) }
        }
        for await _ in steps {}
    }
}
