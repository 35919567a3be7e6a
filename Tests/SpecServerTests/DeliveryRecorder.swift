import NIOConcurrencyHelpers
import SpecCore
import SpecServer

/// A policy that records how responses leave, and lets tests wait for them.
final class DeliveryRecorder: Policy {
    private struct State {
        var deliveries: [Delivery] = []
        var waiting: (count: Int, continuation: CheckedContinuation<Void, Never>)?
    }

    private let state = NIOLockedValueBox(State())

    var deliveries: [Delivery] { state.withLockedValue { $0.deliveries } }

    func hooks(for operation: Operation?) -> PolicyHooks { .afterSending }

    func afterSending(_ exchange: Exchange, _ delivery: Delivery) {
        let waiting = state.withLockedValue { state in
            state.deliveries.append(delivery)
            guard let waiting = state.waiting, state.deliveries.count >= waiting.count else {
                return nil as CheckedContinuation<Void, Never>?
            }
            state.waiting = nil
            return waiting.continuation
        }
        waiting?.resume()
    }

    /// Waits until as many responses have left or failed.
    func wait(for count: Int) async -> [Delivery] {
        await withCheckedContinuation { continuation in
            let isReady = state.withLockedValue { state in
                if state.deliveries.count >= count { return true }
                state.waiting = (count, continuation)
                return false
            }
            if isReady { continuation.resume() }
        }
        return deliveries
    }
}
