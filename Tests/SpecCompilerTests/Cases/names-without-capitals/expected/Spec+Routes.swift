// Generated from the spec. Edit the spec instead.

import SpecCore

/// The endpoints of the spec, and its root rate limits.
enum Routes {
    /// The root rate limits, for requests that match no operation.
    static let limits: [RateLimit] = []

    /// An endpoint for each operation, in the order of the spec.
    static func endpoints(消息 消息Value: some 消息Service) -> [Endpoint] {
        [
            消息.endpoint(消息Value),
        ]
    }
}
