import SpecCore
import SpecOutbound

/// Reads `SMTP_URL`: `smtp://user:password@host:port`, with the options `?from=` for the sender's address and `?ca=`
/// for a PEM file of authorities to trust. Errors never repeat the value, because it holds a password.
enum SMTPURL {
    /// The port for mail submission (RFC 6409).
    private static let portDefault = 587

    static func relay(_ url: String) throws -> SMTPRelay {
        guard url.hasPrefix("smtp://") else { throw failure("expected smtp://user:password@host:port.") }
        let parts = url.dropFirst("smtp://".count).split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let options = try options(parts.count > 1 ? parts[1] : "")
        let authority = (parts.first ?? "").split(separator: "/", omittingEmptySubsequences: false)
        guard let place = authority.first, authority.dropFirst().allSatisfy(\.isEmpty) else {
            throw failure("expected a host after smtp://.")
        }
        let mark = place.lastIndex(of: "@")
        let credentials = try mark.map { try Self.credentials(place[..<$0]) }
        let (host, port) = try hostAndPort(mark.map { place[place.index(after: $0)...] } ?? place)
        let address = options["from"] ?? sender(credentials, host)
        return SMTPRelay(
            host: host, port: port, credentials: credentials, author: MailAuthor(name: "Parley", address: address),
            authorityFile: options["ca"])
    }

    private static func credentials(_ text: Substring) throws -> SMTPRelay.Credentials {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let user = decoded(parts[0]), let password = decoded(parts[1]), !user.isEmpty else {
            throw failure("expected user:password before the @, percent-encoded where needed.")
        }
        return SMTPRelay.Credentials(user: user, password: password)
    }

    private static func hostAndPort(_ text: Substring) throws -> (host: String, port: Int) {
        let isBracketed = text.hasPrefix("[")
        let end = isBracketed ? text.firstIndex(of: "]") : text.firstIndex(of: ":") ?? text.endIndex
        guard let end else { throw failure("the [ of the host is not closed.") }
        let host = isBracketed ? text[..<end].dropFirst() : text[..<end]
        let rest = isBracketed ? text[end...].dropFirst() : text[end...]
        guard !host.isEmpty else { throw failure("expected a host after smtp://.") }
        if rest.isEmpty { return (String(host), portDefault) }
        guard rest.hasPrefix(":"), let port = Int(rest.dropFirst()), (1...65_535).contains(port) else {
            throw failure("expected a port from 1 to 65535 after the host.")
        }
        return (String(host), port)
    }

    private static func options(_ query: Substring) throws -> [String: String] {
        var options: [String: String] = [:]
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, ["from", "ca"].contains(parts[0]), let value = decoded(parts[1]) else {
                throw failure("the options after ? are from=<address> and ca=<file>.")
            }
            options[String(parts[0])] = value
        }
        if let from = options["from"], !SMTPAddress.isPlain(from) {
            throw failure("from is not a valid e-mail address.")
        }
        return options
    }

    /// The sender: the user if it is an address, else `no-reply` at the relay.
    private static func sender(_ credentials: SMTPRelay.Credentials?, _ host: String) -> String {
        if let user = credentials?.user, SMTPAddress.isPlain(user) { return user }
        let address = "no-reply@\(host)"
        return SMTPAddress.isPlain(address) ? address : "no-reply@localhost"
    }

    private static func decoded(_ text: Substring) -> String? { PercentCoding.decode(text.utf8, plusIsSpace: false) }

    private static func failure(_ reason: String) -> SettingsError { SettingsError("SMTP_URL", reason) }
}
