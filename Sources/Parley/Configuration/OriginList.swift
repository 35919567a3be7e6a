/// Reads `CORS_ORIGINS`.
enum OriginList {
    /// Origins as browsers send them.
    static func read(_ text: String?) throws -> Set<String> {
        guard let text else { return [] }
        let origins = text.split(separator: ",", omittingEmptySubsequences: false).map(trimmed)
        for origin in origins where !isOrigin(origin) {
            throw SettingsError(
                "CORS_ORIGINS",
                "expected origins separated by commas, such as https://app.example.org, but got '\(origin)'.")
        }
        return Set(origins)
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text.drop { $0 == " " }
        while text.last == " " { text.removeLast() }
        return String(text)
    }

    /// True for a scheme, a host in lower case and, unless it is the scheme's default, a port (RFC 6454, section 6.2).
    private static func isOrigin(_ text: String) -> Bool {
        guard let (scheme, own) = [("https://", 443), ("http://", 80)].first(where: { text.hasPrefix($0.0) }) else {
            return false
        }
        let authority = text.dropFirst(scheme.count)
        let isBracketed = authority.hasPrefix("[")
        let host = isBracketed ? authority.prefix { $0 != "]" } : authority.prefix { $0 != ":" }
        let rest = authority.dropFirst(host.count + (isBracketed ? 1 : 0))
        guard isHost(host.dropFirst(isBracketed ? 1 : 0), isAddress: isBracketed) else { return false }
        guard rest.hasPrefix(":") else { return rest.isEmpty }
        guard let port = Int(rest.dropFirst()), rest.dropFirst().first != "+" else { return false }
        return (1...65_535).contains(port) && port != own
    }

    private static func isHost(_ host: Substring, isAddress: Bool) -> Bool {
        let others = isAddress ? ":." : "-."
        return !host.isEmpty
            && host.utf8.allSatisfy { byte in
                byte &- 0x30 < 10 || byte &- 0x61 < 26 || others.utf8.contains(byte)
            }
    }
}
