import Configuration
import Parley
import SpecOutbound
import Testing

/// Tests of the environment variables.
@Suite struct SettingsTests {
    private func settings(_ variables: [String: String]) throws -> ServerSettings {
        try ServerSettings(Environment(EnvironmentVariablesProvider(environmentVariables: variables)), isTerminal: true)
    }

    @Test func hasTheContractsDefaults() throws {
        let settings = try settings([:])
        #expect(settings.host == "127.0.0.1")
        #expect(settings.port == 8_080)
        #expect(settings.adminPort == 8_081)
        #expect(settings.database.description == "var/parley.db")
        #expect(settings.mediaFolder == "var/media")
        #expect(settings.secrets == .kept(.signing))
        #expect(settings.sealingSecrets == .kept(.sealing))
        #expect(settings.logFormat == .text)
        #expect(settings.rateLimits == .on)
    }

    @Test func takesSeveralSecretsAndAbsolutePaths() throws {
        let secret = String(repeating: "st", count: 16)
        let settings = try settings([
            "JWT_SECRET": "\(secret),\(secret)", "DATABASE_URL": "sqlite:///data/x.db", "MEDIA_URL": "file:/data/media",
            "REDIS_URL": "",
        ])
        #expect(settings.secrets == .given([Array(secret.utf8), Array(secret.utf8)]))
        #expect(settings.database.description == "/data/x.db")
        #expect(settings.mediaFolder == "/data/media")
    }

    /// Nodes that share a database and their secrets must not each seal with a secret of their own.
    @Test func generatesNoSealingSecretBesideASharedDatabase() throws {
        let secret = String(repeating: "st", count: 16)
        let shared = ["DATABASE_URL": "postgres:///parley", "JWT_SECRET": secret]
        #expect(try settings(shared).sealingSecrets == nil)
        let own = shared.merging(["SEALING_SECRET": "\(secret)x,\(secret)y"]) { $1 }
        #expect(try settings(own).sealingSecrets == .given([Array("\(secret)x".utf8), Array("\(secret)y".utf8)]))
        #expect(try settings(["DATABASE_URL": "postgres:///parley"]).sealingSecrets == .kept(.sealing))
        #expect(try settings(["JWT_SECRET": secret]).sealingSecrets == .kept(.sealing))
    }

    @Test func showsNoSecretWhenItIsDescribed() throws {
        let settings = try settings([
            "DATABASE_URL": "postgres://user:mark-database@localhost/x",
            "SMTP_URL": "smtp://mark-user:mark-mail@localhost",
            "JWT_SECRET": "mark-secret-of-at-least-32-bytes-0123",
        ])
        var dumped = ""
        dump(settings, to: &dumped)
        for text in ["\(settings)", String(reflecting: settings), dumped] {
            #expect(!text.contains("mark-"))
            #expect(!text.contains("109, 97, 114, 107"), "nor its bytes")
            #expect(text.contains("localhost"))
        }
    }

    @Test(arguments: [
        (["PORT": "70000"], "PORT: expected a port from 0 to 65535, but got '70000'."),
        (
            ["DATABASE_URL": "mysql:x"],
            "DATABASE_URL: expected sqlite:<file>, such as sqlite:var/parley.db, or postgres://user@host/database."
        ),
        (["PORT": "8081"], "ADMIN_PORT: 8081 is also the public PORT; choose another."),
        (
            ["JWT_SECRET": String(repeating: "s", count: 32)],
            "JWT_SECRET: a secret must not be one repeated byte; 'openssl rand -hex 32' generates one."
        ),
        (
            ["JWT_SECRET": String(repeating: "st", count: 16), "SEALING_SECRET": String(repeating: "st", count: 16)],
            "SEALING_SECRET: a secret must not be one of JWT_SECRET, which other services may know; "
                + "'openssl rand -hex 32' generates another."
        ),
        (
            ["SEALING_SECRET": "short"],
            "SEALING_SECRET: a secret must have at least 32 bytes, but one has 5; 'openssl rand -hex 32' generates one."
        ),
        (["LOG_FORMAT": "xml"], "LOG_FORMAT: expected one of text, json, but got 'xml'."),
    ])
    func saysWhatWouldBeRight(variables: [String: String], message: String) throws {
        #expect { try settings(variables) } throws: { "\($0)" == message }
    }
}

/// Tests of `SMTP_URL`.
@Suite struct SMTPURLTests {
    private func relay(_ url: String) throws -> SMTPRelay? {
        try ServerSettings(
            Environment(EnvironmentVariablesProvider(environmentVariables: ["SMTP_URL": url])), isTerminal: true
        ).smtp
    }

    private func expected(
        _ host: String, _ port: Int, _ user: String?, from: String, ca: String? = nil
    ) -> SMTPRelay {
        SMTPRelay(
            host: host, port: port, credentials: user.map { .init(user: $0, password: "p:@ss") },
            author: MailAuthor(name: "Parley", address: from), authorityFile: ca)
    }

    @Test func readsHostPortAndCredentials() throws {
        #expect(
            try relay("smtp://ada:p:%40ss@mail.example.org:2525")
                == expected("mail.example.org", 2_525, "ada", from: "no-reply@mail.example.org"))
        #expect(
            try relay("smtp://ada%40example.org:p:%40ss@mail.example.org/")
                == expected("mail.example.org", 587, "ada@example.org", from: "ada@example.org"))
        #expect(try relay("smtp://[::1]:25") == expected("::1", 25, nil, from: "no-reply@localhost"))
        #expect(
            try relay("smtp://localhost?from=hello%40example.org&ca=/etc/ca.pem")
                == expected("localhost", 587, nil, from: "hello@example.org", ca: "/etc/ca.pem"))
    }

    @Test(arguments: [
        "mail.example.org", "smtp://?from=a%40b", "smtp://user@host", "smtp://:pass@host", "smtp://host:0",
        "smtp://host:x",
        "smtp://[::1", "smtp://host/path", "smtp://host?tls=no", "smtp://host?from=nobody", "smtp://u:p%4@host",
        "smtp://host?from=a%40b%0d%0aRCPT",
    ])
    func refusesWhatItCannotUseWithoutRepeatingIt(url: String) {
        #expect { try relay(url) } throws: { error in
            let text = "\(error)"
            return text.hasPrefix("SMTP_URL: ") && !text.contains(url)
        }
    }
}
