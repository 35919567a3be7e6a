// Generated from the spec. Edit the spec instead.

import SpecCore

/// The endpoints of the spec, and its root rate limits.
enum Routes {
    /// The root rate limits, for requests that match no operation.
    static let limits: [RateLimit] = [
        RateLimit(
            name: "requests", burst: 600, refillSeconds: 6, counts: .tries, stage: .head, key: [.caller], fail: .open
        )
    ]

    /// An endpoint for each operation, in the order of the spec.
    static func endpoints(pictures: some PicturesService) -> [Endpoint] {
        [
            AddPicture.endpoint(pictures),
            GetPicture.endpoint(pictures),
            NotePicture.endpoint(pictures),
        ]
    }
}
