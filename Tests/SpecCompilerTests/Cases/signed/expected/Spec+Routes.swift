// Generated from the spec. Edit the spec instead.

import SpecCore

/// The endpoints of the spec, and its root rate limits.
enum Routes {
    /// The root rate limits, for requests that match no operation.
    static let limits: [RateLimit] = []

    /// The security scheme of signed URLs.
    static let signedURLScheme = SecurityScheme("reference", .query("signature"))

    /// An endpoint for each operation, in the order of the spec.
    static func endpoints(`default`: some DefaultService) -> [Endpoint] {
        [
            GetFile.endpoint(`default`),
            ListFiles.endpoint(`default`),
            Login.endpoint(`default`),
        ]
    }
}
