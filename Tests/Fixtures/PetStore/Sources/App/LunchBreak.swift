import SpecCore
import SpecServer

/// Sends customers away who order during the lunch break: the header field `X-Shop-Time` tells the time of the shop.
///
/// Runs before the body is read, so that an order that cannot be taken costs nothing.
struct LunchBreak: ImmediatePolicy {
    func hooks(for operation: SpecCore.Operation?) -> PolicyHooks { operation?.id == "placeOrder" ? .beforeBody : [] }

    func beforeBody(_ exchange: inout Exchange) throws {
        guard exchange.head.fields["x-shop-time"]?.hasPrefix("12:") == true else { return }
        throw Problem(.unavailable, "The shop opens again at one o'clock.", retryAfterSeconds: 3_600)
    }
}
