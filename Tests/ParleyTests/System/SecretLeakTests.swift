import Foundation
import SpecCore
import TestSupport
import Testing

/// Tests that the server prints no secret: neither one of its settings, nor one of its users.
@Suite(.serialized, .timeLimit(.minutes(10))) struct SecretLeakTests {
    /// Names of the secrets that a text shows, also in another spelling.
    private static func leaks(of secrets: [String: String], in text: String) -> [String] {
        secrets.filter { _, secret in
            let bytes = Array(secret.utf8)
            let spellings = [
                secret, Base64.encode(bytes), secret.replacing(" ", with: "%20"), secret.replacing("@", with: "%40"),
                bytes.map { "\($0)" }.joined(separator: ", "),
            ]
            return spellings.contains { text.contains($0) }
        }.map(\.key).sorted()
    }

    private static func settings() -> [String: String] {
        [
            "database password": MarkedServers.databasePassword, "mail password": MarkedServers.mailPassword,
            "first secret": MarkedServers.secrets[0], "second secret": MarkedServers.secrets[1],
            "sealing secret": MarkedServers.sealingSecret, "storage key": "mark-storage-key",
            "storage token": "mark-storage-token",
        ]
    }

    @Test(arguments: ["json", "text"]) func printsNoSecretAtTheLevelTrace(format: String) async throws {
        let servers = try await MarkedServers()
        let environment = servers.environment.merging(["LOG_FORMAT": format]) { $1 }
        let process = try ServerProcess(in: servers.folder, environment: environment)
        let port = try #require(await Self.port(of: process))
        let spec = try await SpecDocument(Client.document(port: port))
        let server = TestServer(port: port, folder: servers.folder, spec: spec)
        var walk = SecretWalk(server)
        try await walk.go()
        var secrets = walk.secrets.merging(Self.settings()) { $1 }
        // Mails that the mail server refuses, in words that repeat the recipient and the token.
        for name in ["unknown", "spam"] {
            let email = "\(name)-mark@example.org"
            secrets["address of \(name)"] = email
            let body: JSONValue = ["email": .string(email), "password": "mark password 3", "displayName": "Eve"]
            #expect(try await server.post("/auth/register", body).status == 201)
            let line = await process.line { $0.contains("was not sent") && $0.contains(name == "spam" ? "451" : "550") }
            #expect(line != nil)
        }
        for line in servers.smtp.lines where line.count == 22 && !line.contains(" ") {
            secrets["mailed \(line)"] = line
        }
        // Failures of the database.
        try await servers.postgres.stop()
        let login: JSONValue = ["email": "mark-ada@example.org", "password": "mark password of the account"]
        #expect(try await server.post("/auth/login", login).status == 503)
        process.send(SIGTERM)
        let (end, text) = await process.end()
        #expect(end.exitCode == 0, "\(text.suffix(1_000))")
        #expect(text.contains("MailDispatcher"), "the level is trace")
        #expect(secrets.count > 40)
        #expect(Self.leaks(of: secrets, in: text) == [])
        try await servers.smtp.close()
    }

    private static func port(of server: ServerProcess) async -> Int? {
        await server.line { line in
            guard let range = line.range(of: "http://127.0.0.1:"), !line.contains("internal") else { return nil }
            return Int(line[range.upperBound...].prefix { $0.isNumber })
        }
    }

    @Test func repeatsNoSecretOfASettingThatItRefuses() async throws {
        let servers = try await MarkedServers()
        let mark = "MARK"
        let host = servers.database
        let cases: [(name: String, values: [String])] = [
            (
                "DATABASE_URL",
                [
                    servers.databaseURL(password: mark), "postgres://\(mark):\(mark)@127.0.0.1:1/x",
                    "postgres://marked:\(mark)@nowhere.invalid/x", "postgres://marked:\(mark)/1@\(host)",
                    "postgres://marked:a@\(mark)@\(host)", "postgres://marked:a@\(mark)/b@\(host)",
                    "postgres://marked:12/\(mark)@\(host)", "postgres://marked:\(mark)@127.0.0.1:port/x",
                    "postgres://marked:\(mark)@[::1/x", "postgres://marked:\(mark)%zz@\(host)",
                    "postgres://marked:\(mark)\"\"@[::1/x", "postgres://127.0.0.1/x?\(mark)=1",
                    "postgres://127.0.0.1/x?pass=\(mark)&\(mark)", "postgres://:\(mark)", "postgres:\(mark)",
                    "mysql://marked:\(mark)@\(host)", mark, "sqlite:?key=\(mark)", "sqlite::\(mark)",
                ]
            ),
            (
                "SMTP_URL",
                [
                    servers.mailURL(password: mark), "smtp://\(mark):\(mark)@127.0.0.1:1",
                    "smtp://u:\(mark)@nowhere.invalid", "smtp://u:\(mark)/1@127.0.0.1", "smtp://\(mark)@localhost",
                    "smtp://u:\(mark)%z@localhost", "smtp://u:\(mark)@localhost:port", "smtp://u:\(mark)?x@localhost",
                    "http://u:\(mark)@localhost", "smtp://u:p@localhost?\(mark)=1", "smtp://u:p@localhost?from=\(mark)",
                    "smtp://u:\(mark)@localhost:\(servers.smtp.port)",
                ]
            ),
            ("JWT_SECRET", [mark, "\(MarkedServers.secrets[0]),\(mark)"]),
            ("SEALING_SECRET", [mark, "\(MarkedServers.sealingSecret),\(mark)"]),
            ("MEDIA_URL", ["s3://\(mark):\(mark)@bucket", "http://\(mark)"]),
            ("REDIS_URL", ["redis://:\(mark)@localhost"]), ("SENTRY_DSN", ["https://\(mark)@localhost/1"]),
            ("TLS_KEY", [mark]),
        ]
        for (name, values) in cases {
            for value in values {
                let environment = servers.environment.merging([name: value]) { $1 }
                let process = try ServerProcess(["check"], in: servers.folder, environment: environment)
                let (end, text) = await process.end()
                let number = values.firstIndex(of: value) ?? 0
                let refusals = text.split(separator: "\n").filter { $0.hasPrefix("parley: \(name): ") }
                #expect(end.exitCode == 78, "\(name) \(number)")
                #expect(refusals.count == 1, "\(name) \(number)")
                let shown = Self.leaks(of: Self.settings().merging(["mark": mark]) { $1 }, in: text)
                #expect(shown == [], "\(name) \(number): \(text)")
            }
        }
        try await servers.close()
    }

    @Test func saysWhyADatabaseCannotBeUsed() async throws {
        let servers = try await MarkedServers()
        let environment = servers.environment.merging(["DATABASE_URL": servers.databaseURL(password: "MARK")]) { $1 }
        let (end, text) = await (try ServerProcess(in: servers.folder, environment: environment)).end()
        #expect(end.exitCode == 78)
        #expect(text.hasPrefix("parley: DATABASE_URL: PostgreSQL at \(servers.database) cannot be used: "))
        #expect(text.contains("password authentication failed for user \"marked\"\n"))
        try await servers.close()
    }
}
