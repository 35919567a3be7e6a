import Foundation
import SpecCore
import TestSupport
import Testing

/// Tests of the commands of operators beside a running server.
@Suite(.serialized, .timeLimit(.minutes(10))) struct OperatorTests {
    private static let start = ["PORT": "0", "ADMIN_PORT": "0", "LOG_FORMAT": "json", "RATE_LIMITS": "off"]

    private let folder: TemporaryFolder
    private let secret = "a secret of at least 32 bytes that all nodes share"

    init() throws { folder = try TemporaryFolder() }

    private func environment(_ engine: Engine) async throws -> [String: String] {
        let url = try await engine.databaseURL(in: folder)
        return Self.start.merging(["DATABASE_URL": url, "JWT_SECRET": secret]) { $1 }
    }

    private func run(_ environment: [String: String], _ arguments: String...) async throws -> (
        code: Int32, text: String
    ) {
        let (end, text) = await (try ServerProcess(arguments, in: folder, environment: environment)).end()
        return (end.exitCode, text)
    }

    private func login(_ port: Int, _ name: String) async throws -> JSONValue {
        let body: JSONValue = ["email": .string("\(name)@example.org"), "password": "correct horse battery"]
        let reply = try await Client.send(Request("POST", "/auth/login", json: body), port: port)
        try #require(reply.status == 200)
        return reply.json
    }

    private func status(_ session: JSONValue, _ port: Int) async throws -> Int {
        let token = session["accessToken"].string ?? ""
        return try await Client.send(Request("GET", "/users/me", token: token), port: port).status
    }

    @Test(arguments: Engine.allCases) func endsTheSessionsOfAUserBesideTheServer(engine: Engine) async throws {
        let environment = try await environment(engine)
        let count = engine == .postgres ? 2 : 1
        let nodes = try (0..<count).map { _ in try ServerProcess(in: folder, environment: environment) }
        var ports: [Int] = []
        for node in nodes { ports.append(try #require(await ProcessTests.port(of: node))) }
        _ = try await Load.users(ports[0])
        let sessions = [try await login(ports[0], "ada"), try await login(ports[0], "ada")]
        let bob = try await login(ports[0], "bob")
        // Each node has cached the tokens by then.
        for port in ports {
            for session in sessions + [bob] { #expect(try await status(session, port) == 200) }
        }
        let ended = try await run(environment, "sessions", "end", "ADA@example.org")
        let began = ContinuousClock.now
        #expect(ended.code == 0)
        #expect(ended.text == "ended 3 sessions\n", "and the one of the first login")
        for port in ports {
            for session in sessions {
                while try await status(session, port) != 401 { try #require(ContinuousClock.now - began < .seconds(1)) }
            }
            #expect(try await status(bob, port) == 200)
        }
        let refresh: JSONValue = ["refreshToken": sessions[0]["refreshToken"]]
        #expect(try await Client.send(Request("POST", "/auth/refresh", json: refresh), port: ports[0]).status == 401)
        let id = try #require(bob["user"]["id"].string)
        let byID = try await run(environment, "sessions", "end", id)
        #expect(byID == (0, "ended 1 session\n"))
        #expect(try await run(environment, "sessions", "end", id) == (0, "ended 0 sessions\n"))
        for unknown in ["eve@example.org", Identifier.make().description, "x\ny\u{1B}", "", "../../x"] {
            #expect(try await run(environment, "sessions", "end", unknown) == (1, "parley: there is no such user.\n"))
        }
        for node in nodes { node.send(SIGTERM) }
        for node in nodes { #expect(await node.end().end.exitCode == 0) }
        let left = folder.files(below: "").filter { $0.contains(".requests") }
        #expect(left == [], "no request or answer")
    }

    @Test(arguments: Engine.allCases) func endsTheSessionsWithoutAServer(engine: Engine) async throws {
        let environment = try await environment(engine)
        let early = try await run(environment, "sessions", "end", "ada@example.org")
        #expect(early.code == 78)
        #expect(early.text.hasPrefix("parley: DATABASE_URL: ") && early.text.hasSuffix(" does not exist yet.\n"))
        let server = try ServerProcess(in: folder, environment: environment)
        let port = try #require(await ProcessTests.port(of: server))
        _ = try await Load.users(port)
        server.send(SIGTERM)
        #expect(await server.end().end.exitCode == 0)
        #expect(try await run(environment, "sessions", "end", "ada@example.org") == (0, "ended 1 session\n"))
        #expect(try await run(environment, "sessions", "end", "eve@example.org").code == 1)
        let again = try ServerProcess(in: folder, environment: environment)
        #expect(await ProcessTests.port(of: again) != nil, "the file is free again")
        again.send(SIGTERM)
        #expect(await again.end().end.exitCode == 0)
    }

    @Test func takesNoRequestsThatOthersCouldHaveWritten() async throws {
        let environment = try await environment(.sqlite)
        let requests = folder.path + "/parley.db.requests"
        try FileManager.default.createDirectory(atPath: requests, withIntermediateDirectories: true)
        try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: requests)
        let open = try ServerProcess(in: folder, environment: environment)
        let warning = await open.line { $0.contains("commands beside the server cannot reach it") ? $0 : nil }
        #expect(warning?.contains("others can write to it") == true)
        open.send(SIGTERM)
        #expect(await open.end().end.exitCode == 0)
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: requests)
        let server = try ServerProcess(in: folder, environment: environment)
        let port = try #require(await ProcessTests.port(of: server))
        _ = try await Load.users(port)
        let ada = try await login(port, "ada")
        // Written by others, or another's file: neither is followed, nor answered.
        let text = Data("end-sessions\nada@example.org".utf8)
        let (file, link) = (requests + "/1.request", requests + "/2.request")
        try text.write(to: URL(fileURLWithPath: folder.path + "/elsewhere"))
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: folder.path + "/elsewhere")
        try text.write(to: URL(fileURLWithPath: folder.path + "/writable"))
        try FileManager.default.setAttributes([.posixPermissions: 0o666], ofItemAtPath: folder.path + "/writable")
        try FileManager.default.moveItem(atPath: folder.path + "/writable", toPath: file)
        // A request that follows shows that those before it were seen.
        #expect(try await run(environment, "sessions", "end", "bob@example.org") == (0, "ended 0 sessions\n"))
        #expect(try await status(ada, port) == 200)
        server.send(SIGTERM)
        #expect(await server.end().end.exitCode == 0)
    }
}
