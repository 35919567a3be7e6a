import CPostgres
import SpecCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The TLS of connections to a server for which `sslmode` is not set.
///
/// libpq's default, `prefer`, accepts any certificate, and no TLS at all. Beyond this machine the default is therefore
/// `verify-full`, with the system's authorities unless others are named.
struct PostgresTLS: Sendable {
    /// Files of the system's authorities, for a libpq before 16, which does not know `sslrootcert=system`.
    private static let systemFiles = [
        "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem",
    ]
    private static let systemSince: Int32 = 160_000

    /// The parameters that the text of the address overrides.
    let defaults: [(String, String)]

    init(_ values: [String: String], environment: (String) -> String? = Self.variable) {
        let isChosen = values["sslmode"] != nil || environment("PGSSLMODE") != nil
        guard !isChosen, !Self.isLocal(values, environment) else {
            defaults = []
            return
        }
        let hasAuthorities = values["sslrootcert"] != nil || environment("PGSSLROOTCERT") != nil || Self.hasOwnFile
        let authorities = hasAuthorities ? nil : Self.systemAuthorities.map { ("sslrootcert", $0) }
        defaults = [("sslmode", "verify-full")] + [authorities].compactMap { $0 }
    }

    /// Advice for a failed connection whose TLS was not chosen; empty for other failures.
    func advice(about message: String) -> String {
        let isAboutTLS = ["SSL", "certificate"].contains { message.contains($0) }
        guard !defaults.isEmpty, isAboutTLS else { return "" }
        return """
            ; beyond this machine the default is sslmode=verify-full: add ?sslrootcert=<file of the server's authority> \
            to the URL, or choose another sslmode, such as ?sslmode=require, which verifies nothing
            """
    }

    /// True if all named hosts and addresses are of this machine: loopback or a socket.
    private static func isLocal(_ values: [String: String], _ environment: (String) -> String?) -> Bool {
        // A service file may name any host.
        if values["service"] != nil || environment("PGSERVICE") != nil { return false }
        let named = [
            values["host"] ?? environment("PGHOST"), values["hostaddr"] ?? environment("PGHOSTADDR"),
        ]
        let hosts = named.compactMap { $0 }.flatMap { $0.split(separator: ",") }
        return hosts.allSatisfy { $0.hasPrefix("/") || $0.hasPrefix("@") || Loopback.contains(String($0)) }
    }

    private static var systemAuthorities: String? {
        PQlibVersion() >= systemSince ? "system" : systemFiles.first { access($0, R_OK) == 0 }
    }

    /// True for the file that libpq looks for by itself.
    private static var hasOwnFile: Bool {
        variable("HOME").map { access("\($0)/.postgresql/root.crt", R_OK) == 0 } ?? false
    }

    private static func variable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }
}
