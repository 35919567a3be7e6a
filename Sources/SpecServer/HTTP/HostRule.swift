/// What a `Host` field names (RFC 9110, 7.2): a name or an address, and perhaps a port.
///
/// Narrower than the grammar: no name that people use has `,`, `;` or an escape in it, and two readers could see two
/// hosts in it.
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

    /// An IPv6 address in brackets, as far as its characters tell.
    private static func isAddress(_ bytes: Bytes) -> Bool {
        guard let end = bytes.firstIndex(of: UInt8(ascii: "]")) else { return false }
        let address = bytes[..<end].dropFirst()
        return address.contains(UInt8(ascii: ":"))
            && address.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".") }
            && isPort(bytes[(end + 1)...])
    }

    /// Nothing, or a colon and a number of 16 bits, which may be missing.
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
