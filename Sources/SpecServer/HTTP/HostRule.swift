/// Validation of a `Host` field (RFC 9110, 7.2): a name or an address, and an optional port.
///
/// Narrower than the grammar: real host names have no `,`, `;` or escape, and two readers could see two hosts in those.
enum HostRule {
    private typealias Bytes = Slice<UnsafeBufferPointer<UInt8>>

    static func isValid(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { isValid($0[...]) }
    }

    private static func isValid(_ bytes: Bytes) -> Bool {
        if bytes.first == UInt8(ascii: "[") { return isAddress(bytes) }
        let end = bytes.firstIndex { !isNameCharacter($0) } ?? bytes.endIndex
        return end > bytes.startIndex && isPort(bytes[end...])
    }

    /// True for an IPv6 address in brackets, judged by its characters.
    private static func isAddress(_ bytes: Bytes) -> Bool {
        guard let end = bytes.firstIndex(of: UInt8(ascii: "]")) else { return false }
        let address = bytes[..<end].dropFirst()
        return address.contains(UInt8(ascii: ":"))
            && address.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") }
            && isPort(bytes[(end + 1)...])
    }

    /// True for an empty text, or a colon and an optional port number of 16 bits.
    private static func isPort(_ bytes: Bytes) -> Bool {
        guard let colon = bytes.first else { return true }
        var port = 0
        for byte in bytes.dropFirst() {
            guard byte &- 0x30 < 10, port <= UInt16.max else { return false }
            port = port * 10 + Int(byte &- 0x30)
        }
        return colon == UInt8(ascii: ":") && port <= UInt16.max
    }

    private static func isNameCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): true
        default: isAlphanumeric(byte)
        }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 }
}
