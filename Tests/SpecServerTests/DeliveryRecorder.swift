import NIOConcurrencyHelpers
import SpecCore
import SpecServer
import TestSupport

/// A policy that records how responses leave, and lets tests wait for them.
final class DeliveryRecorder: Policy {
    private let recorded = NIOLockedValueBox<[Delivery]>([])
    private let counter = EventCounter()

    var deliveries: [Delivery] { recorded.withLockedValue { $0 } }

    func hooks(for operation: Operation?) -> PolicyHooks { .afterSending }

    func afterSending(_ exchange: Exchange, _ delivery: Delivery) {
        recorded.withLockedValue { $0.append(delivery) }
        counter.add()
    }

    /// Waits until as many responses have left or failed.
    func wait(for count: Int) async -> [Delivery] {
        await counter.wait(for: count)
        return deliveries
    }
}
