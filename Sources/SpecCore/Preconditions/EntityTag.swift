/// A strong entity tag (RFC 9110, 8.8.3).
public struct EntityTag: Sendable, Equatable {
    /// The tag as sent in `ETag`, with its quotes.
    public let text: String

    /// - Parameter opaque: letters, digits, `-` and `_`.
    public init(opaque: String) {
        text = "\"\(opaque)\""
    }

    /// The tag of a content with this digest, of at least 16 bytes.
    public init(digest: [UInt8]) {
        self.init(opaque: Base64URL.encode(digest.prefix(16)))
    }

    /// True if an `If-Match` or `If-Range` field matches this tag (strong comparison; RFC 9110, 13.1.1).
    public func isNamed(in list: String) -> Bool { EntityTag.tags(list).contains { $0 == text || $0 == "*" } }

    /// True if an `If-None-Match` field matches this tag (weak comparison; RFC 9110, 13.1.2).
    public func isNamedWeakly(in list: String) -> Bool {
        EntityTag.tags(list).contains { ($0.hasPrefix("W/") ? $0.dropFirst(2) : $0[...]) == text || $0 == "*" }
    }

    /// The tags of a list; a comma inside quotes belongs to its tag.
    private static func tags(_ list: String) -> [String] {
        var tags: [String] = []
        var tag: [UInt8] = []
        var isQuoted = false
        for byte in list.utf8 {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if byte == UInt8(ascii: ","), !isQuoted {
                tags.append(String(decoding: tag, as: UTF8.self))
                tag = []
            } else if isQuoted || byte != 0x20 && byte != 0x09 {
                tag.append(byte)
            }
        }
        return tags + [String(decoding: tag, as: UTF8.self)]
    }
}
