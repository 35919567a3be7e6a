/// Base64url without padding (RFC 4648, section 5), for tokens and cursors.
public enum Base64URL {
    /// Encodes bytes.
    public static func encode(_ bytes: some Sequence<UInt8>) -> String {
        let text = Base64.encode(Array(bytes)).utf8.prefix { $0 != UInt8(ascii: "=") }
        return String(decoding: text.map(toURL), as: UTF8.self)
    }

    /// Returns the decoded bytes, or nil if the text is not valid base64url.
    public static func decode(_ text: String) -> [UInt8]? {
        guard !text.utf8.contains(where: { "+/=".utf8.contains($0) }) else { return nil }
        let padding = repeatElement(UInt8(ascii: "="), count: (4 - text.utf8.count % 4) % 4)
        return Base64.decode(String(decoding: text.utf8.map(fromURL) + padding, as: UTF8.self))
    }

    private static func toURL(_ byte: UInt8) -> UInt8 {
        byte == UInt8(ascii: "+") ? UInt8(ascii: "-") : byte == UInt8(ascii: "/") ? UInt8(ascii: "_") : byte
    }

    private static func fromURL(_ byte: UInt8) -> UInt8 {
        byte == UInt8(ascii: "-") ? UInt8(ascii: "+") : byte == UInt8(ascii: "_") ? UInt8(ascii: "/") : byte
    }
}
