/// The network that an address stands for: `192.0.2.0/24` of IPv4, `2001:db8:1:ff00::/56` of IPv6.
public enum AddressPrefix {
    /// - Parameter address: as the system writes it, without port.
    public static func of(_ address: String) -> String {
        if address.contains(":") { return IPv6Prefix.of(address) }
        return address.split(separator: ".").prefix(3).joined(separator: ".") + ".0/24"
    }
}

/// The first 56 bits of an IPv6 address.
enum IPv6Prefix {
    static func of(_ address: String) -> String {
        let text = address.split(separator: "%").first ?? ""
        // An IPv4 client that came in over IPv6.
        if text.contains("."), let tail = text.split(separator: ":").last { return AddressPrefix.of(String(tail)) }
        let halves = text.split(separator: "::", maxSplits: 1, omittingEmptySubsequences: false)
        let left = (halves.first ?? "").split(separator: ":")
        let right = halves.count > 1 ? halves[1].split(separator: ":") : []
        let gap = halves.count > 1 ? max(0, 8 - left.count - right.count) : 0
        let groups = (left + Array(repeating: "0", count: gap) + right).map { UInt16($0, radix: 16) ?? 0 }
        let kept = groups.prefix(4).enumerated().map { $0 == 3 ? $1 & 0xFF00 : $1 }
        return kept.map { String($0, radix: 16) }.joined(separator: ":") + "::/56"
    }
}
