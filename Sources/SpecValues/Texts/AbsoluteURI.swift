#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// RFC 3986 `URI` (a scheme, a colon, and an authority and characters that a URI may contain) and `URI-reference`.
enum AbsoluteURI {
    private typealias Bytes = Slice<UnsafeBufferPointer<UInt8>>

    static func isValid(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon > 0,
            (bytes[0] | 0x20) &- UInt8(ascii: "a") < 26, bytes[..<colon].allSatisfy(isSchemeCharacter)
        else { return false }
        return isHierarchy(bytes[(colon + 1)...])
    }

    /// True for a URI, or a reference relative to one: without a scheme, and without a colon in its first segment.
    static func isReference(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        let segment = bytes.prefix { !"/?#".utf8.contains($0) }
        return segment.contains(UInt8(ascii: ":")) ? isValid(bytes) : isHierarchy(bytes[...])
    }

    private static func isHierarchy(_ bytes: Bytes) -> Bool {
        var rest = bytes
        if rest.starts(with: "//".utf8) {
            let authority = rest.dropFirst(2).prefix { !"/?#".utf8.contains($0) }
            guard isAuthority(authority) else { return false }
            rest = rest[authority.endIndex...]
        }
        return hasValidCharacters(rest)
    }

    private static func isSchemeCharacter(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || "+-.".utf8.contains(byte)
    }

    private static func hasValidCharacters(_ bytes: Bytes) -> Bool {
        var fragments = 0
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            if byte == UInt8(ascii: "%") {
                guard index + 2 < bytes.endIndex, Hexadecimal.value(of: bytes[index + 1]) != nil,
                    Hexadecimal.value(of: bytes[index + 2]) != nil
                else { return false }
                index += 2
            } else if byte == UInt8(ascii: "#") {
                fragments += 1
            } else if !isAlphanumeric(byte), !"-._~:/?@!$&'()*+,;=".utf8.contains(byte) {
                return false
            }
            index += 1
        }
        return fragments <= 1
    }

    // MARK: Authority

    private static func isAuthority(_ bytes: Bytes) -> Bool {
        let parts = bytes.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        guard parts.count <= 2, let host = parts.last else { return false }
        guard parts.count == 1 || hasValidCharacters(parts[0]) else { return false }
        guard host.first == UInt8(ascii: "[") else {
            let name = host.prefix { $0 != UInt8(ascii: ":") }
            return hasValidCharacters(name) && isPort(host[name.endIndex...])
        }
        guard let end = host.firstIndex(of: UInt8(ascii: "]")) else { return false }
        return isAddress(host[..<end].dropFirst()) && isPort(host[(end + 1)...])
    }

    /// An empty port, or a colon and digits.
    private static func isPort(_ bytes: Bytes) -> Bool {
        bytes.isEmpty
            || bytes.first == UInt8(ascii: ":") && bytes.dropFirst().allSatisfy { $0 &- UInt8(ascii: "0") < 10 }
    }

    /// An IPv6 address, or `v1.` and the address of a later version.
    private static func isAddress(_ bytes: Bytes) -> Bool {
        if let first = bytes.first, first | 0x20 == UInt8(ascii: "v") {
            return bytes.contains(UInt8(ascii: ".")) && hasValidCharacters(bytes)
        }
        // inet_pton reads a C string: a NUL inside would end it early.
        guard bytes.allSatisfy({ $0 != 0 }) else { return false }
        var address = in6_addr()
        return inet_pton(AF_INET6, String(decoding: bytes, as: UTF8.self), &address) == 1
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "0") < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 26
    }
}
