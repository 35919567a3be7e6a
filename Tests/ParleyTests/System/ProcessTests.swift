import Foundation
import Logging
import ParleyContract
import SpecCore
import SpecStorage
import TestSupport
import Testing

/// Tests of the server as a process: exit codes, signals, and durability when it is killed.
@Suite(.serialized, .timeLimit(.minutes(10))) struct ProcessTests {
    private static let start = ["PORT": "0", "ADMIN_PORT": "0", "LOG_FORMAT": "json", "RATE_LIMITS": "off"]

    /// Returns the port on which the server listens, or nil if it exits before.
    static func port(of server: ServerProcess) async -> Int? {
        await server.line { line in
            guard let address = JSONValue.parse(Array(line.utf8))?["address"].string else { return nil }
            return address.split(separator: ":").last.flatMap { Int($0) }
        }
    }

    @Test(arguments: [
        ("DATABASE_URL", "postgres://localhost/x"), ("REDIS_URL", "redis://localhost"),
        ("SMTP_URL", "http://localhost"),
        ("MEDIA_URL", "s3://bucket"), ("MEDIA_URL", "file:/dev/null/x"), ("PORT", "http"), ("JWT_SECRET", "short"),
        ("LOG_LEVEL", "loud"),
        ("TLS_CERT", "/x"), ("CORS_ORIGINS", "*"), ("CORS_ORIGINS", "https://a.example/"),
        ("CORS_ORIGINS", "null"), ("TRUSTED_PROXIES", "10.0.0.1"), ("SENTRY_DSN", "x"),
        ("DATABASE_URL", "sqlite:/dev/null/x.db"), ("DATABASE_URL", "postgres://localhost/x?sslmod=disable"),
        ("DATABASE_URL", "mysql://localhost/x"), ("RATE_LIMITS", "maybe"),
    ])
    func refusesABadSettingByName(name: String, value: String) async throws {
        let folder = try TemporaryFolder()
        let server = try ServerProcess(in: folder, environment: Self.start.merging([name: value]) { $1 })
        let (end, text) = await server.end()
        #expect(end == ServerProcess.End(exitCode: 78, wasSignalled: false))
        #expect(text.hasPrefix("parley: \(name): "))
        #expect(text.split(separator: "\n").count == 1)
    }

    @Test(arguments: [
        ("no host", "is not a valid address: "), ("192.0.2.1", "is not an address of this machine."),
    ])
    func refusesAHostThatIsNoAddressOfThisMachine(host: String, words: String) async throws {
        let folder = try TemporaryFolder()
        let changes = ["HOST": host, "RATE_LIMITS": "on"]
        let server = try ServerProcess(in: folder, environment: Self.start.merging(changes) { $1 })
        let (end, text) = await server.end()
        #expect(end == ServerProcess.End(exitCode: 78, wasSignalled: false))
        #expect(text.hasPrefix("parley: HOST: '\(host)' \(words)"))
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
        let port = try #require(await Self.port(of: server))
        #expect(try await Client.send(Request("GET", "/health"), port: port).status == 200)
        let second = try ServerProcess(in: folder, environment: Self.start)
        let (refused, text) = await second.end()
        #expect(refused.exitCode == 78)
        #expect(
            text
                == "parley: DATABASE_URL: var/parley.db is in use by another process; only one server can use a file.\n"
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

    @Test func takesNoMoreConnectionsThanItMayOpenFiles() async throws {
        let folder = try TemporaryFolder()
        let server = try ServerProcess(in: folder, environment: Self.start, openFiles: (soft: 200, hard: 300))
        let port = try #require(await Self.port(of: server))
        let limits = try String(contentsOfFile: "/proc/\(server.processID)/limits", encoding: .utf8)
        let files = try #require(limits.split(separator: "\n").first { $0.hasPrefix("Max open files") })
        #expect(files.split(separator: " ").dropFirst(3).prefix(2) == ["300", "300"])
        let start = ContinuousClock.now
        // 256 descriptors are reserved for other uses, so that 44 connections stay open and 56 are closed at once.
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<100 { group.addTask { _ = try? await RawConnection.exchange(port: port, sending: []) } }
            for _ in 0..<56 { try await group.next() }
            #expect(start.duration(to: .now) < .seconds(30), "not because they were idle")
            group.cancelAll()
        }
        var health: Reply?
        while health == nil {
            try #require(start.duration(to: .now) < .seconds(60))
            health = try? await Client.send(Request("GET", "/health"), port: port)
        }
        #expect(health?.status == 200)
        server.send(SIGTERM)
        #expect(await server.end().end.exitCode == 0)
    }

    @Test(arguments: Engine.allCases) func checksAndMigrates(engine: Engine) async throws {
        let folder = try TemporaryFolder()
        let url = try await engine.databaseURL(in: folder)
        let environment = Self.start.merging(["DATABASE_URL": url]) { $1 }
        func run(_ arguments: String...) async throws -> (ServerProcess.End, String) {
            await (try ServerProcess(arguments, in: folder, environment: environment)).end()
        }
        let name = Self.name(of: url)
        let (empty, nothing) = try await run("migrate", "--check")
        #expect(empty.exitCode == 1)
        #expect(nothing == "the database \(engine == .sqlite ? "does not exist yet" : "is empty")\n")
        let (early, plan) = try await run("check")
        #expect(early.exitCode == 0)
        #expect(
            plan == """
                configuration: ok
                secrets: ok (the first start generates var/secret and var/sealing-secret)
                database: not there yet (\(name)); the first start creates it
                media: ok (the first start creates var/media)
                mails: ok (files in var/outbox)

                """)
        #expect(folder.files(below: "") == [])
        let (migrated, said) = try await run("migrate")
        #expect(migrated.exitCode == 0)
        #expect(said == "\(name) is up to date\n")
        let (compared, same) = try await run("migrate", "--check")
        #expect(compared.exitCode == 0)
        #expect(same == "\(name) matches the schema\n")
        let (checked, lines) = try await run("check")
        #expect(checked.exitCode == 0)
        #expect(lines.contains("database: ok (\(name))\nmedia: ok (the first start creates var/media)\n"))
        #expect(folder.files(below: "") == (engine == .sqlite ? ["parley.db"] : []))
        // Beside a running server, whose database is not the file alone.
        let server = try ServerProcess(in: folder, environment: environment)
        let port = try #require(await Self.port(of: server))
        _ = try await Load.users(port)
        #expect(try await run("migrate", "--check").0.exitCode == 0)
        let (beside, same2) = try await run("check")
        #expect(beside.exitCode == 0)
        #expect(same2.contains("secrets: ok\ndatabase: ok (\(name))\nmedia: ok (var/media)\n"))
        _ = try await Load.users(port, names: ("cat", "dan"))
        server.send(SIGTERM)
        #expect(await server.end().end.exitCode == 0)
        let (helped, help) = try await run("--help")
        #expect(helped.exitCode == 0)
        #expect(help.contains("SUBCOMMANDS"))
        let (versioned, version) = try await run("--version")
        #expect(versioned.exitCode == 0)
        #expect(version == Version.current + "\n")
    }

    @Test func refusesADatabaseThatCannotPrepareAStatementOfTheSpec() async throws {
        let folder = try TemporaryFolder()
        let url = try await Engine.postgres.databaseURL(in: folder)
        let environment = Self.start.merging(["DATABASE_URL": url]) { $1 }
        let store = try await PostgresStore.open(PostgresAddress(url), migrations: Migrations.all, logger: quiet)
        let rename = SQLText(sqlite: "", postgres: "ALTER TABLE contacts RENAME COLUMN alias TO nickname")
        _ = try await store.write { try $0.execute(Query<Void>("rename", rename, [])) }
        await store.close()
        let (end, text) = await (try ServerProcess(in: folder, environment: environment)).end()
        #expect(end == ServerProcess.End(exitCode: 78, wasSignalled: false))
        #expect(text.hasPrefix("parley: DATABASE_URL: PostgreSQL refuses the query contacts."))
        #expect(text.contains("alias"))
        #expect(text.split(separator: "\n").count == 1)
    }

    /// Returns the URL as the server shows it: without user and password.
    private static func name(of url: String) -> String {
        url.hasPrefix("sqlite:") ? String(url.dropFirst(7)) : "PostgreSQL at \(url.split(separator: "@").last ?? "")"
    }

    @Test(arguments: Engine.allCases) func losesNothingAcknowledgedWhenKilledUnderLoad(engine: Engine) async throws {
        let folder = try TemporaryFolder()
        let environment = Self.start.merging(["DATABASE_URL": try await engine.databaseURL(in: folder)]) { $1 }
        let server = try ServerProcess(in: folder, environment: environment)
        let port = try #require(await Self.port(of: server))
        let (token, recipient) = try await Load.users(port)
        let acknowledged = await Load.send(port, token, recipient, until: 200) { server.send(SIGKILL) }
        #expect(await server.end().end.wasSignalled)
        #expect(acknowledged.count >= 200)
        let again = try ServerProcess(in: folder, environment: environment)
        let newPort = try #require(await Self.port(of: again))
        let kept = try await Load.all(newPort, token, recipient)
        #expect(acknowledged.subtracting(kept.ids) == [])
        #expect(kept.seqs == Array(1...Int64(kept.seqs.count)))
        again.send(SIGTERM)
        #expect(await again.end().end.exitCode == 0)
    }

    @Test func twoNodesShareAPostgresAndTheirRevocations() async throws {
        let (folder, secret) = (try TemporaryFolder(), "a secret of at least 32 bytes that both nodes share")
        let url = try await Engine.postgres.databaseURL(in: folder)
        let environment = Self.start.merging(["DATABASE_URL": url, "JWT_SECRET": secret]) { $1 }
        // Both start on an empty database: one creates the tables, the other waits for it.
        let nodes = try (0..<2).map { _ in try ServerProcess(in: folder, environment: environment) }
        let ports = [try #require(await Self.port(of: nodes[0])), try #require(await Self.port(of: nodes[1]))]
        let (token, _) = try await Load.users(ports[0])
        func status(_ port: Int) async throws -> Int {
            Int(try await Client.send(Request("GET", "/users/me", token: token), port: port).status)
        }
        // The second node has cached the token by then.
        for _ in 0..<3 { #expect(try await status(ports[1]) == 200) }
        let out = try await Client.send(Request("POST", "/auth/logout", token: token), port: ports[0])
        #expect(out.status == 204)
        #expect(try await status(ports[0]) == 401)
        let began = ContinuousClock.now
        while try await status(ports[1]) != 401 { try #require(ContinuousClock.now - began < .seconds(1)) }
        for node in nodes { node.send(SIGTERM) }
        for node in nodes { #expect(await node.end().end.exitCode == 0) }
    }

    @Test func losesNoRevocationWhenItIsKilledRightAfterTheCommit() async throws {
        let (folder, secret) = (try TemporaryFolder(), "a secret of at least 32 bytes that both nodes share")
        let url = try await Engine.postgres.databaseURL(in: folder)
        let environment = Self.start.merging(["DATABASE_URL": url, "JWT_SECRET": secret]) { $1 }
        let other = try ServerProcess(in: folder, environment: environment)
        let otherPort = try #require(await Self.port(of: other))
        _ = try await Load.users(otherPort)
        let login: JSONValue = ["email": "ada@example.org", "password": "correct horse battery"]
        let store = try await PostgresStore.open(PostgresAddress(url), migrations: Migrations.all, logger: quiet)
        for _ in 0..<3 {
            let node = try ServerProcess(in: folder, environment: environment)
            let port = try #require(await Self.port(of: node))
            let session = try await Client.send(Request("POST", "/auth/login", json: login), port: otherPort).json
            let token = session["accessToken"].string ?? ""
            let id = try #require(Identifier(session["sessionId"].string ?? ""))
            func status() async throws -> Int {
                Int(try await Client.send(Request("GET", "/users/me", token: token), port: otherPort).status)
            }
            for _ in 0..<3 { #expect(try await status() == 200) }
            async let logout = try? Client.send(Request("POST", "/auth/logout", token: token), port: port)
            let asked = ContinuousClock.now
            while try await store.first(SessionsTable.find(id: id))?.endedAt == nil {
                try #require(ContinuousClock.now - asked < .seconds(60))
            }
            node.send(SIGKILL)
            let began = ContinuousClock.now
            while try await status() != 401 { try #require(ContinuousClock.now - began < .seconds(1)) }
            _ = await logout
            #expect(await node.end().end.wasSignalled)
        }
        await store.close()
        other.send(SIGTERM)
        #expect(await other.end().end.exitCode == 0)
    }

    private var quiet: Logger { ProductStore.quiet }
}

/// Senders that continue until the server is gone.
enum Load {
    static func users(
        _ port: Int, names: (String, String) = ("ada", "bob")
    ) async throws -> (token: String, recipient: String) {
        func register(_ name: String) async throws -> String {
            let body: JSONValue = [
                "email": .string("\(name)@example.org"), "password": "correct horse battery",
                "displayName": .string(name),
            ]
            return try await Client.send(Request("POST", "/auth/register", json: body), port: port).json["id"].string
                ?? ""
        }
        _ = try await register(names.0)
        let recipient = try await register(names.1)
        let login: JSONValue = ["email": .string("\(names.0)@example.org"), "password": "correct horse battery"]
        let session = try await Client.send(Request("POST", "/auth/login", json: login), port: port)
        return (session.json["accessToken"].string ?? "", recipient)
    }

    /// Returns the client ids of all messages acknowledged with 201 before the connections broke.
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
        var (ids, seqs): (Set<String>, [Int64]) = ([], [])
        try await PageWalk.run(pagesMax: 10_000) { (cursor: String?) in
            var query = [(name: "with", value: with), (name: "limit", value: "100"), (name: "order", value: "asc")]
            if let cursor { query.append((name: "cursor", value: cursor)) }
            let page = try await Client.send(Request("GET", "/messages", query: query, token: token), port: port)
            try #require(page.status == 200)
            ids.formUnion(page.json["items"].items.compactMap { $0["clientMessageId"].string })
            seqs += page.json["items"].items.compactMap { $0["seq"].integer }
            return page.json["nextCursor"].string
        }
        return (ids, seqs)
    }
}

/// Client ids acknowledged to a sender.
actor Acknowledged {
    private(set) var all: Set<String> = []

    func add(_ id: String) { all.insert(id) }
}
