/// What a `Host` field names (RFC 9110, 7.2): a name or an address, and perhaps a port.
///
/// Narrower than the grammar: no name that people use has `,`, `;` or an escape in it, and two readers could see two
/// hosts in it.
enum HostRule {
    private typealias Bytes = Substring.UTF8View

    static func isValid(_ text: String) -> Bool {
        let bytes = Substring(text).utf8
        if bytes.first == UInt8(ascii: "[") { return isAddress(bytes) }
        let name = bytes.prefix { isAlphanumeric($0) || "-._~".utf8.contains($0) }
        return !name.isEmpty && isPort(bytes[name.endIndex...])
    }

    /// An IPv6 address in brackets, as far as its characters tell.
    private static func isAddress(_ bytes: Bytes) -> Bool {
        guard let end = bytes.firstIndex(of: UInt8(ascii: "]")) else { return false }
        let address = bytes[..<end].dropFirst()
        return address.contains(UInt8(ascii: ":"))
            && address.allSatisfy { isAlphanumeric($0) || $0 == 0x3A || $0 == 0x2E }
            && isPort(bytes[end...].dropFirst())
    }

    /// Nothing, or a colon and a number of 16 bits, which may be missing.
    private static func isPort(_ bytes: Bytes) -> Bool {
        guard let colon = bytes.first else { return true }
        let digits = bytes.dropFirst()
        return colon == UInt8(ascii: ":") && digits.allSatisfy { $0 &- 0x30 < 10 }
            && (digits.isEmpty || UInt16(Substring(digits)) != nil)
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 }
}
