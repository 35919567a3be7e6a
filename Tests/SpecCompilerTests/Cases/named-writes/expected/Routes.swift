// Generated from the spec. Edit the spec instead.

internal import SpecCore

/// The way from requests to services.
enum Routes {
    /// The limits of the root, for requests that no operation answers.
    static let limits: [RateLimit] = []

    /// An endpoint for each operation, in the order of the spec.
    static func endpoints() -> [Endpoint] {
        [
        ]
    }
}
