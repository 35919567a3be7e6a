import Foundation
import SpecCore
import TestSupport
import Testing

/// The server as a process: exit codes, signals, and what it keeps when it is killed.
@Suite(.serialized) struct ProcessTests {
    private static let start = ["PORT": "0", "ADMIN_PORT": "0", "LOG_FORMAT": "json", "RATE_LIMITS": "off"]

    private func port(of server: ServerProcess) async -> Int? {
        await server.line { line in
            guard let address = JSONValue.parse(Array(line.utf8))?["address"].string else { return nil }
            return address.split(separator: ":").last.flatMap { Int($0) }
        }
    }

    @Test(arguments: [
        ("DATABASE_URL", "postgres://localhost/x"), ("REDIS_URL", "redis://localhost"),
        ("SMTP_URL", "smtp://localhost"),
        ("MEDIA_URL", "s3://bucket"), ("PORT", "http"), ("JWT_SECRET", "short"), ("LOG_LEVEL", "loud"),
        ("TLS_CERT", "/x"), ("CORS_ORIGINS", "*"), ("TRUSTED_PROXIES", "10.0.0.1"), ("SENTRY_DSN", "x"),
        ("DATABASE_URL", "sqlite:/dev/null/x.db"), ("RATE_LIMITS", "maybe"),
    ])
    func refusesABadSettingByName(name: String, value: String) async throws {
        let folder = try TemporaryFolder()
        let server = try ServerProcess(in: folder, environment: Self.start.merging([name: value]) { $1 })
        let (end, text) = await server.end()
        #expect(end == ServerProcess.End(exitCode: 78, wasSignalled: false))
        #expect(text.hasPrefix("parley: \(name): "))
        #expect(text.split(separator: "\n").count == 1)
    }

    @Test(arguments: ["no host", "192.0.2.1"])
    func refusesAHostThatIsNoAddressOfThisMachine(host: String) async throws {
        let folder = try TemporaryFolder()
        let changes = ["HOST": host, "RATE_LIMITS": "on"]
        let server = try ServerProcess(in: folder, environment: Self.start.merging(changes) { $1 })
        let (end, text) = await server.end()
        #expect(end == ServerProcess.End(exitCode: 78, wasSignalled: false))
        #expect(text.hasPrefix("parley: HOST: '\(host)' is no address"))
        #expect(text.split(separator: "\n").count == 1)
    }

    @Test func keepsLimitsOnOutsideOfLoopback() async throws {
        let folder = try TemporaryFolder()
        let server = try ServerProcess(in: folder, environment: Self.start.merging(["HOST": "0.0.0.0"]) { $1 })
        let (end, text) = await server.end()
        #expect(end.exitCode == 78)
        #expect(text.hasPrefix("parley: RATE_LIMITS: "))
    }

    @Test func stopsOnSIGTERMWithExitCodeZeroAndKeepsItsSecret() async throws {
        let folder = try TemporaryFolder()
        let server = try ServerProcess(in: folder, environment: Self.start)
        let port = try #require(await port(of: server))
        #expect(try await Client.send(Request("GET", "/health"), port: port).status == 200)
        let second = try ServerProcess(in: folder, environment: Self.start)
        let (refused, text) = await second.end()
        #expect(refused.exitCode == 78)
        #expect(
            text
                == "parley: DATABASE_URL: var/parley.db belongs to another process that is running; a file has one server.\n"
        )
        server.send(SIGTERM)
        let (end, log) = await server.end()
        #expect(end == ServerProcess.End(exitCode: 0, wasSignalled: false))
        let access = log.split(separator: "\n").compactMap { JSONValue.parse(Array($0.utf8)) }.first { $0.has("route") }
        #expect(access?["method"] == "GET")
        #expect(access?["route"] == "/health")
        #expect(access?["status"] == 200)
        #expect(access?["bytes"] == 15)
        let attributes = try FileManager.default.attributesOfItem(atPath: folder.path + "/var/secret")
        #expect(attributes[.posixPermissions] as? Int == 0o600)
    }

    @Test func checksAndMigrates() async throws {
        let folder = try TemporaryFolder()
        let (migrated, said) = await (try ServerProcess(["migrate"], in: folder, environment: Self.start)).end()
        #expect(migrated.exitCode == 0)
        #expect(said == "var/parley.db is up to date\n")
        let (checked, _) = await (try ServerProcess(["check"], in: folder, environment: Self.start)).end()
        #expect(checked.exitCode == 0)
        let (helped, help) = await (try ServerProcess(["--help"], in: folder, environment: [:])).end()
        #expect(helped.exitCode == 0)
        #expect(help.contains("SUBCOMMANDS"))
    }

    @Test func losesNothingAcknowledgedWhenKilledUnderLoad() async throws {
        let folder = try TemporaryFolder()
        let server = try ServerProcess(in: folder, environment: Self.start)
        let port = try #require(await port(of: server))
        let (token, recipient) = try await Load.users(port)
        let acknowledged = await Load.send(port, token, recipient, until: 200) { server.send(SIGKILL) }
        #expect(await server.end().end.wasSignalled)
        #expect(acknowledged.count >= 200)
        let again = try ServerProcess(in: folder, environment: Self.start)
        let newPort = try #require(await self.port(of: again))
        let kept = try await Load.all(newPort, token, recipient)
        #expect(acknowledged.subtracting(kept.ids) == [])
        #expect(kept.seqs == Array(1...Int64(kept.seqs.count)))
        again.send(SIGTERM)
        #expect(await again.end().end.exitCode == 0)
    }
}

/// Senders that go on until the server is gone.
enum Load {
    static func users(_ port: Int) async throws -> (token: String, recipient: String) {
        func register(_ name: String) async throws -> String {
            let body: JSONValue = [
                "email": .string("\(name)@example.org"), "password": "correct horse battery",
                "displayName": .string(name),
            ]
            return try await Client.send(Request("POST", "/auth/register", json: body), port: port).json["id"].string
                ?? ""
        }
        _ = try await register("ada")
        let recipient = try await register("bob")
        let login: JSONValue = ["email": "ada@example.org", "password": "correct horse battery"]
        let session = try await Client.send(Request("POST", "/auth/login", json: login), port: port)
        return (session.json["accessToken"].string ?? "", recipient)
    }

    /// The client ids of all messages that were answered with 201 before the connections broke.
    static func send(
        _ port: Int, _ token: String, _ recipient: String, until count: Int, then stop: @escaping @Sendable () -> Void
    ) async -> Set<String> {
        await withTaskGroup(of: Set<String>.self) { group in
            for _ in 0..<16 {
                group.addTask {
                    let ids = Acknowledged()
                    try? await HTTPConnection.open(port: port) { exchange in
                        for _ in 0..<10_000 {
                            let id = Identifier.make().description
                            let body: JSONValue = [
                                "recipientId": .string(recipient), "clientMessageId": .string(id), "text": "load",
                            ]
                            let reply = try await exchange.send(Request("POST", "/messages", token: token, json: body))
                            if reply.status == 201 { await ids.add(id) }
                            // Each of the sixteen has its share by then, or another one stops the server for it.
                            if await ids.all.count == count / 16 + 50 { stop() }
                        }
                    }
                    return await ids.all
                }
            }
            return await group.reduce(into: []) { $0.formUnion($1) }
        }
    }

    static func all(_ port: Int, _ token: String, _ with: String) async throws -> (ids: Set<String>, seqs: [Int64]) {
        var (ids, seqs, cursor): (Set<String>, [Int64], String?) = ([], [], nil)
        repeat {
            var query = [(name: "with", value: with), (name: "limit", value: "100"), (name: "order", value: "asc")]
            if let cursor { query.append((name: "cursor", value: cursor)) }
            let page = try await Client.send(Request("GET", "/messages", query: query, token: token), port: port)
            try #require(page.status == 200)
            ids.formUnion(page.json["items"].items.compactMap { $0["clientMessageId"].string })
            seqs += page.json["items"].items.compactMap { $0["seq"].integer }
            cursor = page.json["nextCursor"].string
        } while cursor != nil
        return (ids, seqs)
    }
}

/// What one sender had acknowledged.
actor Acknowledged {
    private(set) var all: Set<String> = []

    func add(_ id: String) { all.insert(id) }
}
