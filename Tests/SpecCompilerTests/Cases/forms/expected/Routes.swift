// Generated from the spec. Edit the spec instead.

internal import SpecCore

/// The way from requests to services.
enum Routes {
    /// The limits of the root, for requests that no operation answers.
    static let limits: [RateLimit] = [RateLimit(name: "requests", burst: 600, refillSeconds: 6, counts: .tries, stage: .head, key: [.caller], fail: .open)]

    /// An endpoint for each operation, in the order of the spec.
    static func endpoints(pictures: some PicturesService) -> [Endpoint] {
        [
            AddPicture.endpoint(pictures),
            GetPicture.endpoint(pictures),
            NotePicture.endpoint(pictures),
        ]
    }
}
