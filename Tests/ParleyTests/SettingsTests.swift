import Configuration
import Parley
import Testing

/// What the environment may hold.
@Suite struct SettingsTests {
    private func settings(_ variables: [String: String]) throws -> Settings {
        try Settings(Environment(EnvironmentVariablesProvider(environmentVariables: variables)), isTerminal: true)
    }

    @Test func hasTheContractsDefaults() throws {
        let settings = try settings([:])
        #expect(settings.host == "127.0.0.1")
        #expect(settings.port == 8_080)
        #expect(settings.adminPort == 8_081)
        #expect(settings.database.description == "var/parley.db")
        #expect(settings.mediaFolder == "var/media")
        #expect(settings.secrets == .kept(path: "var/secret"))
        #expect(settings.logFormat == .text)
        #expect(settings.rateLimits == .on)
    }

    @Test func takesSeveralSecretsAndAbsolutePaths() throws {
        let secret = String(repeating: "s", count: 32)
        let settings = try settings([
            "JWT_SECRET": "\(secret),\(secret)", "DATABASE_URL": "sqlite:///data/x.db", "MEDIA_URL": "file:/data/media",
            "REDIS_URL": "",
        ])
        #expect(settings.secrets == .given([Array(secret.utf8), Array(secret.utf8)]))
        #expect(settings.database.description == "/data/x.db")
        #expect(settings.mediaFolder == "/data/media")
    }

    @Test(arguments: [
        (["PORT": "70000"], "PORT: expected a port from 0 to 65535, but '70000' came."),
        (["DATABASE_URL": "mysql:x"], "DATABASE_URL: expected sqlite:<file>, such as sqlite:var/parley.db."),
        (["PORT": "8081"], "ADMIN_PORT: 8081 is the public PORT too; choose another."),
        (["LOG_FORMAT": "xml"], "LOG_FORMAT: expected one of text, json, but 'xml' came."),
    ])
    func saysWhatWouldBeRight(variables: [String: String], message: String) throws {
        #expect { try settings(variables) } throws: { "\($0)" == message }
    }
}
