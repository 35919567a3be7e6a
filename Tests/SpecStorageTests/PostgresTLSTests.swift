import TestSupport
import Testing

@testable import SpecStorage

/// The TLS of connections to PostgreSQL for which `sslmode` is not set.
@Suite(.timeLimit(.minutes(5))) struct PostgresTLSTests {
    private static func defaults(_ values: [String: String], _ environment: [String: String] = [:]) -> [String: String]
    {
        Dictionary(PostgresTLS(values, environment: { environment[$0] }).defaults) { $1 }
    }

    @Test(arguments: [
        [:], ["host": "localhost"], ["host": "127.0.0.1"], ["host": "::1"], ["host": "/run/postgresql"],
        ["hostaddr": "127.0.0.1"], ["host": "127.0.0.1,/run/postgresql"],
        // Chosen.
        ["host": "db.example.org", "sslmode": "disable"], ["host": "db.example.org", "sslmode": "verify-ca"],
    ])
    func leavesThisMachineAndTheChosenModeAlone(values: [String: String]) {
        #expect(Self.defaults(values) == [:])
    }

    @Test(arguments: [
        ["host": "db.example.org"], ["host": "10.0.0.1"], ["host": "127.0.0.1,db.example.org"],
        ["host": "127.example.org"], ["host": "db.example.org", "hostaddr": "127.0.0.1"],
        ["host": "localhost", "hostaddr": "10.0.0.1"], ["service": "db"],
    ])
    func verifiesServersBeyondThisMachine(values: [String: String]) {
        #expect(Self.defaults(values)["sslmode"] == "verify-full")
        let own = Self.defaults(values.merging(["sslrootcert": "/own.crt"]) { $1 })
        #expect(own == ["sslmode": "verify-full"])
    }

    @Test func takesTheEnvironmentOfLibpqIntoAccount() {
        #expect(Self.defaults([:], ["PGHOST": "db.example.org"])["sslmode"] == "verify-full")
        #expect(Self.defaults([:], ["PGSERVICE": "db"])["sslmode"] == "verify-full")
        #expect(Self.defaults(["host": "db.example.org"], ["PGSSLMODE": "require"]) == [:])
        #expect(
            Self.defaults(["host": "db.example.org"], ["PGSSLROOTCERT": "/own.crt"]) == ["sslmode": "verify-full"])
    }

    /// Returns the version of TLS in use, or the error.
    private static func version(_ url: String) throws -> String {
        let connection = try PostgresConnection(plain: PostgresAddress(url))
        let rows = try connection.execute("SELECT version FROM pg_stat_ssl WHERE pid = pg_backend_pid() AND ssl")
        return rows.first?.first ?? "none"
    }

    private static func failure(_ url: String) -> String? {
        do {
            return try version(url) + " was used"
        } catch {
            return (error as? PostgresFailure)?.message
        }
    }

    @Test func connectsOnlyToTheServerThatAnAuthorityVouchesFor() async throws {
        let server = try await PostgresServer(settings: [
            "ssl=on", "ssl_cert_file=../server.crt", "ssl_key_file=../server.key",
        ]) { try await TestCertificates.make(in: $0, name: "database.test") }
        _ = try await server.makeDatabase()
        func url(_ host: String, _ options: String) -> String {
            "postgres://parley@\(host):\(server.port)/test_1?hostaddr=127.0.0.1\(options)"
        }
        let advice = "; beyond this machine the default is sslmode=verify-full: add ?sslrootcert="
        #expect(try Self.version(url("database.test", "&sslrootcert=\(server.folder)/ca.crt")) == "TLSv1.3")
        // The system's authorities know nothing of it.
        let unknown = try #require(Self.failure(url("database.test", "")))
        #expect(unknown.contains("certificate verify failed") && unknown.contains(advice))
        let other = try #require(Self.failure(url("other.test", "&sslrootcert=\(server.folder)/ca.crt")))
        #expect(other.contains("does not match host name \"other.test\"") && other.contains(advice))
        #expect(try Self.version(url("other.test", "&sslmode=require")) == "TLSv1.3")
        #expect(try Self.version(url("other.test", "&sslmode=disable")) == "none")
        try await server.stop()
    }

    @Test func sendsNothingInClearBeyondThisMachine() async throws {
        let server = try await PostgresServer.shared.value
        let name = try #require(try await server.makeDatabase().split(separator: "/").last)
        let far = "postgres://parley@database.test:\(server.port)/\(name)?hostaddr=127.0.0.1"
        let refusal = try #require(Self.failure(far))
        #expect(refusal.contains("server does not support SSL") && refusal.contains("sslmode=require"))
        #expect(try Self.version(server.url("\(name)")) == "none", "loopback needs no TLS")
    }

    @Test(arguments: [
        "postgres://u:a@mark@127.0.0.1/x", "postgres://u:12/mark@127.0.0.1/x", "postgres://u:mark/1@127.0.0.1/x",
        "postgres://u:mark@127.0.0.1:99999/x", "postgres://u:mark@127.0.0.1:port/x", "postgres://u:mark@[::1/x",
        "postgres://127.0.0.1/x?mark", "postgres://127.0.0.1/x?mark=1", "postgres://u:mark%zz@127.0.0.1/x",
    ])
    func refusesATextThatItCannotReadWithoutRepeatingIt(text: String) {
        #expect { try PostgresAddress(text) } throws: { error in
            "\(error)".hasPrefix("the address cannot be used: ") && !"\(error)".contains("mark")
        }
    }

    @Test func showsNeitherTextNorPassword() throws {
        let address = try PostgresAddress("postgres://user:mark@localhost:5432/x")
        var dumped = ""
        dump(address, to: &dumped)
        #expect("\(address)" == "PostgreSQL at localhost:5432/x")
        for text in [dumped, String(reflecting: address), "\([address])"] { #expect(!text.contains("mark")) }
        #expect(address.reason("no such user: mark") == "no such user: [redacted]")
    }
}
