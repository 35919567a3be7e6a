import NIOConcurrencyHelpers

/// The connection that a request came on: tells work that waits for its turn when the response has no reader left.
///
/// One per connection, not per request: making it costs nothing on the hot path.
public final class ClientLink: Sendable {
    private let isGoneBox = NIOLockedValueBox(false)

    public init() {}

    /// True once the client has closed the connection, or its side of it.
    public var isGone: Bool { isGoneBox.withLockedValue { $0 } }

    /// Records that the client has closed the connection.
    public func end() { isGoneBox.withLockedValue { $0 = true } }
}
