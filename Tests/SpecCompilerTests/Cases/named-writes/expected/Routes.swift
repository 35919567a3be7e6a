// Generated from the spec. Edit the spec instead.

internal import SpecCore

/// The way from requests to services.
enum Routes {
    /// An endpoint for each operation, in the order of the spec.
    static func endpoints() -> [Endpoint] {
        [
        ]
    }
}
