/// The network of an IP address: `192.0.2.0/24` for IPv4, `2001:db8:1:ff00::/56` for IPv6.
public enum AddressPrefix {
    /// - Parameter address: as the system formats it, without port.
    public static func of(_ address: String) -> String {
        guard isIPv6(address) else { return address.split(separator: ".").prefix(3).joined(separator: ".") + ".0/24" }
        return IPv6Prefix.mapped(address).map(of) ?? IPv6Prefix.of(address, bits: 56)
    }

    /// The smallest network that one client may have: an IPv4 address, or the /64 of an IPv6 address, in which a client
    /// has as many addresses as it likes.
    ///
    /// - Parameter address: as the system formats it, without port.
    public static func network(of address: String) -> String {
        guard isIPv6(address) else { return address }
        return IPv6Prefix.mapped(address) ?? IPv6Prefix.of(address, bits: 64)
    }

    /// Looks at bytes: every request asks, and characters cost ten times as much.
    private static func isIPv6(_ address: String) -> Bool {
        var address = address
        return address.withUTF8 { $0.contains(UInt8(ascii: ":")) }
    }
}

/// Prefixes of IPv6 addresses.
enum IPv6Prefix {
    /// Returns the IPv4 address of a client that is connected over IPv6, such as `::ffff:192.0.2.1`.
    static func mapped(_ address: String) -> String? {
        guard address.contains(".") else { return nil }
        return address.split(separator: "%").first?.split(separator: ":").last.map(String.init)
    }

    /// - Parameter bits: at most 64, in steps of 8.
    static func of(_ address: String, bits: Int) -> String {
        let text = address.split(separator: "%").first ?? ""
        let halves = text.split(separator: "::", maxSplits: 1, omittingEmptySubsequences: false)
        let left = (halves.first ?? "").split(separator: ":")
        let right = halves.count > 1 ? halves[1].split(separator: ":") : []
        let gap = halves.count > 1 ? max(0, 8 - left.count - right.count) : 0
        let groups = (left + Array(repeating: "0", count: gap) + right).map { UInt16($0, radix: 16) ?? 0 }
        let kept = groups.prefix(4).enumerated().map { $0 == 3 ? $1 & (0xFFFF << UInt16(64 - bits)) : $1 }
        return kept.map { String($0, radix: 16) }.joined(separator: ":") + "::/\(bits)"
    }
}
