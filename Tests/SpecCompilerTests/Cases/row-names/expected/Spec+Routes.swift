// Generated from the spec. Edit the spec instead.

import SpecCore

/// The endpoints of the spec, and its root rate limits.
enum Routes {
    /// The root rate limits, for requests that match no operation.
    static let limits: [RateLimit] = []

    /// An endpoint for each operation, in the order of the spec.
    static func endpoints() -> [Endpoint] {
        [
        ]
    }
}
