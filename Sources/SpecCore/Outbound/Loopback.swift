/// Hosts on this machine, to which connections need no TLS.
public enum Loopback {
    /// True for `localhost`, `::1` and addresses in 127.0.0.0/8; false for a name that only begins like one.
    public static func contains(_ host: String) -> Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        let isIPv4 = parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
        return isIPv4 || host == "::1" || host == "localhost"
    }
}
