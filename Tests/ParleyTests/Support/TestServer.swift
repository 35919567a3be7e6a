import Configuration
import Logging
import Parley
import ServiceLifecycle
import SpecCore
import SpecServer
import TestSupport
import Testing

/// The real App on loopback, with a database of its own, for the duration of `body`.
struct TestServer: Sendable {
    let port: Int
    let folder: TemporaryFolder
    let spec: SpecDocument

    static let secret = "a secret of at least 32 bytes for tests"

    /// Runs `body` on every engine, with a new database each.
    /// - Parameters:
    /// - secrets: value of `JWT_SECRET`.
    /// - clock: source of the server's time.
    static func run(
        limits: Bool = false, on engines: [Engine] = Engine.allCases, secrets: String = TestServer.secret,
        clock: TestClock = TestClock(), passwordCost: UInt = 4, mediaBytesPerUserMax: Int64? = nil,
        freeBytes: (@Sendable () async throws -> Int64?)? = nil, origins: String? = nil,
        watching: @escaping @Sendable (any Store) -> any Store = { $0 },
        _ body: @escaping @Sendable (TestServer) async throws -> Void
    ) async throws {
        for engine in engines {
            try await Turnstile.servers.pass {
                let folder = try TemporaryFolder()
                let url = try await engine.databaseURL(in: folder)
                try await run(
                    limits: limits, in: folder, databaseURL: url, secrets: secrets, clock: clock,
                    passwordCost: passwordCost, mediaBytesPerUserMax: mediaBytesPerUserMax, freeBytes: freeBytes,
                    origins: origins,
                    watching: watching, body)
            }
        }
    }

    /// Secrets that are replaced together with those of `JWT_SECRET`.
    private static func sealingSecrets(_ secrets: String) -> String {
        secrets.split(separator: ",").map { String($0.reversed()) }.joined(separator: ",")
    }

    /// Runs `body` with a node on that database, which is the folder's SQLite file by default.
    static func run(
        limits: Bool = false, in folder: TemporaryFolder, databaseURL: String? = nil,
        secrets: String = TestServer.secret, clock: TestClock = TestClock(), passwordCost: UInt = 4,
        mediaBytesPerUserMax: Int64? = nil, freeBytes: (@Sendable () async throws -> Int64?)? = nil,
        origins: String? = nil,
        watching: @escaping @Sendable (any Store) -> any Store = { $0 },
        _ body: @escaping @Sendable (TestServer) async throws -> Void
    ) async throws {
        let databaseURL = databaseURL ?? "sqlite:\(folder.path)/parley.db"
        let environment = Environment(
            EnvironmentVariablesProvider(environmentVariables: [
                "PORT": "0", "ADMIN_PORT": "0", "DATABASE_URL": databaseURL,
                "JWT_SECRET": secrets,
                "SEALING_SECRET": sealingSecrets(secrets), "RATE_LIMITS": limits ? "on" : "off",
                "CORS_ORIGINS": origins ?? "",
            ]))
        var settings = try ServerSettings(environment, isTerminal: false)
        settings.outboxFolder = folder.path + "/outbox"
        settings.mediaFolder = folder.path + "/media"
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        var options = App.Options()
        options.passwordCost = passwordCost
        if let mediaBytesPerUserMax { options.mediaBytesPerUserMax = mediaBytesPerUserMax }
        options.freeBytes = freeBytes
        options.watching = watching
        options.now = { clock.now }
        options.limiter = { LocalRateLimiter { Double(clock.now.milliseconds) / 1_000 } }
        options.onListening = { port.yield($0.port) }
        let app = App(
            settings: settings, logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }),
            options: options)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                // A server that does not start fails the test instead of keeping it waiting.
                defer { port.finish() }
                try await app.run(signals: [])
            }
            var isListening = false
            for await number in ports {
                isListening = true
                let spec = try await SpecDocument(Client.document(port: number))
                try await body(TestServer(port: number, folder: folder, spec: spec))
                break
            }
            guard isListening else { return try await group.waitForAll() }
            group.cancelAll()
        }
    }

    /// Sends a request and validates it and its response against the spec.
    func send(_ request: Request, sourceLocation: SourceLocation = #_sourceLocation) async throws -> Reply {
        let reply = try await Client.send(request, port: port)
        guard let found = spec.find(request.method, request.path) else { return reply }
        let wrong = spec.issues(toReply: reply, found)
        #expect(wrong == [], "\(request.method) \(request.path) \(reply.status)", sourceLocation: sourceLocation)
        let issues = spec.issues(toRequest: request, found)
        if reply.status < 400 {
            #expect(issues == [], "taken although", sourceLocation: sourceLocation)
        } else if reply.code == "invalid-request" {
            #expect(issues != [], "refused although nothing is wrong", sourceLocation: sourceLocation)
        }
        return reply
    }

    func post(
        _ path: String, _ json: JSONValue? = nil, token: String? = nil, method: String = "POST",
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> Reply {
        try await send(Request(method, path, token: token, json: json), sourceLocation: sourceLocation)
    }

    func get(_ path: String, token: String) async throws -> Reply {
        try await send(Request("GET", path, token: token))
    }

    // MARK: Accounts

    struct Account: Sendable {
        let id: String
        let email: String
        let session: JSONValue
        var token: String { session["accessToken"].string ?? "" }
        var refreshToken: String { session["refreshToken"].string ?? "" }
    }

    /// Registers a user and signs in.
    func account(_ name: String) async throws -> Account {
        let email = "\(name.lowercased())@example.org"
        let made = try await register(email, name)
        try #require(made.status == 201)
        let session = try await login(email)
        try #require(session.status == 200)
        return Account(id: made.json["id"].string ?? "", email: email, session: session.json)
    }

    func register(_ email: String, _ name: String = "Ada") async throws -> Reply {
        try await send(
            Request(
                "POST", "/auth/register",
                json: ["email": .string(email), "password": "correct horse battery", "displayName": .string(name)]))
    }

    func login(
        _ email: String, password: String = "correct horse battery", device: String? = nil
    ) async throws -> Reply {
        var body: JSONValue = ["email": .string(email), "password": .string(password)]
        if let device { body = body.with("deviceName", .string(device)) }
        return try await post("/auth/login", body)
    }

    /// Sends a message, by default with a new client id.
    func message(
        from sender: Account, to recipient: String, _ text: String = "Hello", id: String? = nil, replyTo: String? = nil
    ) async throws -> Reply {
        var body: JSONValue = [
            "recipientId": .string(recipient), "clientMessageId": .string(id ?? Identifier.make().description),
            "text": .string(text),
        ]
        if let replyTo { body = body.with("replyToId", .string(replyTo)) }
        return try await send(Request("POST", "/messages", token: sender.token, json: body))
    }
}

/// Sends single requests.
enum Client {
    static func send(_ request: Request, port: Int, from source: String? = nil) async throws -> Reply {
        try await HTTPConnection.open(port: port, from: source) { exchange in try await exchange.send(request) }
    }

    static func document(port: Int) async throws -> JSONValue {
        try await send(Request("GET", "/openapi.json"), port: port).json
    }
}
