import SpecCore

/// A response with the facts that the transport needs.
struct ServerResponse: Sendable {
    var content: OperationResponse
    let requestID: String
    /// True for a page with its own Content-Security-Policy.
    var hasOwnPolicy = false
    /// True if the connection must close after this response.
    var closes = false
    /// The exchange whose end the transport reports; nil if no policy observes it.
    var observed: ObservedExchange?

    /// Reports the end of the response to the policies that observe it.
    /// - Parameter bodyBytes: the bytes of the body that the system took, without framing.
    func report(bodyBytes: Int, isComplete: Bool) {
        observed?.report(bodyBytes: bodyBytes, isComplete: isComplete)
    }
}

/// An exchange whose end policies observe.
///
/// A class, so that a response on its way holds one reference instead of a copy.
final class ObservedExchange: Sendable {
    private let exchange: Exchange
    private let status: Int

    /// Fails if no policy observes the end.
    init?(_ exchange: consuming Exchange, status: Int) {
        guard exchange.policies.observesSending else { return nil }
        self.exchange = exchange
        self.status = status
    }

    func report(bodyBytes: Int, isComplete: Bool) {
        exchange.policies.didSend(
            exchange, Delivery(status: status, bodyBytes: bodyBytes, isComplete: isComplete))
    }
}
