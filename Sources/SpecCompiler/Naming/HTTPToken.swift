/// Tokens of HTTP (RFC 9110, 5.6.2): names of header fields and cookies, and the parts of media types.
enum HTTPToken {
    static func isToken(_ text: some StringProtocol) -> Bool { !text.isEmpty && text.utf8.allSatisfy(isTokenByte) }

    private static func isTokenByte(_ byte: UInt8) -> Bool {
        byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || marks.contains(byte)
    }

    private static let marks = Set("!#$%&'*+-.^_`|~".utf8)
}
