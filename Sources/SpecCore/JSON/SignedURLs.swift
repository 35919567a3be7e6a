/// The URLs in a JSON body that are signed when the response leaves (`x-signed`), and for whom.
///
/// A stored response keeps them instead of signatures, so that each replay is signed anew.
public struct SignedURLs: Sendable, Equatable {
    /// The bytes of the URLs, without quotes, in order.
    public let places: [Range<Int>]
    /// The viewer of the response; nil for the caller of the request.
    public let viewer: Identifier?

    public init(places: [Range<Int>], viewer: Identifier? = nil) {
        self.places = places
        self.viewer = viewer
    }

    /// True for a root-relative URL of characters that JSON does not escape; no other is signed.
    static func isSignable(_ url: String) -> Bool {
        url.hasPrefix("/") && !url.hasPrefix("//")
            && url.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C && $0 != 0x23 }
    }
}

extension SignedURLs {
    /// The places of the URLs as text for a store: `12-40 60-90`, and the id of the viewer after them if there is one.
    public var text: String {
        (places.map { "\($0.lowerBound)-\($0.upperBound)" } + [viewer?.description].compactMap { $0 })
            .joined(separator: " ")
    }

    /// Reads ``text``; nil if it is not of this form, or the places are not in order.
    public init?(text: String) {
        var parts = text.split(separator: " ")
        let viewer = parts.last.flatMap { Identifier(String($0)) }
        if viewer != nil { parts.removeLast() }
        var places: [Range<Int>] = []
        for part in parts {
            let bounds = part.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
            guard bounds.count == 2, let low = bounds[0], let high = bounds[1], low <= high,
                low >= places.last?.upperBound ?? 0
            else { return nil }
            places.append(low..<high)
        }
        self.init(places: places, viewer: viewer)
    }
}
