import Foundation
import ParleyContract
import SpecCore
import TestSupport
import Testing

/// The stop of the server as a process.
@Suite(.serialized, .timeLimit(.minutes(10))) struct StopTests {
    private static let start = [
        "PORT": "0", "ADMIN_PORT": "0", "LOG_FORMAT": "json", "LOG_LEVEL": "info", "RATE_LIMITS": "off",
    ]

    /// Requests of clients that hang up in the middle of them.
    private struct Clients {
        let port: Int
        let token: String
        let recipient: String
        let file: String

        /// The bytes of a request: a search, half an upload, a send, or a download without a reader.
        func bytes(_ number: Int, _ id: String) -> [UInt8] {
            switch number % 4 {
            case 0: head("GET", "/messages?with=\(recipient)&search=words&limit=100", id)
            case 1:
                head(
                    "POST", "/media", id, "Content-Type: multipart/form-data; boundary=b",
                    "Content-Length: 9000000")
                    + Array("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\n\r\n".utf8)
                    + [UInt8](repeating: 0x5A, count: 300_000)
            case 2: send(id)
            default: head("GET", "/media/\(file)", id)
            }
        }

        private func send(_ id: String) -> [UInt8] {
            let body = "{\"recipientId\":\"\(recipient)\",\"clientMessageId\":\"\(id)\",\"text\":\"some words\"}"
            return head("POST", "/messages", id, "Content-Type: application/json", "Content-Length: \(body.utf8.count)")
                + Array(body.utf8)
        }

        private func head(_ method: String, _ target: String, _ id: String, _ more: String...) -> [UInt8] {
            let lines = [
                "\(method) \(target) HTTP/1.1", "Host: a", "Authorization: Bearer \(token)", "X-Request-Id: \(id)",
            ]
            return Array(((lines + more).joined(separator: "\r\n") + "\r\n\r\n").utf8)
        }

        /// Runs clients that hang up, by FIN or by RST, and calls `stop` in the middle of it.
        func hangUp(count: Int, stop: @escaping @Sendable () -> Void) async {
            await withTaskGroup(of: Void.self) { group in
                for number in 0..<count {
                    group.addTask {
                        let bytes = bytes(number, Identifier.make().description)
                        // A stopped server does not listen.
                        try? await RawConnection.abandon(port: port, sending: bytes, resets: number % 8 > 3)
                    }
                }
                for _ in 0..<count / 2 { await group.next() }
                stop()
            }
        }
    }

    private func environment(_ engine: Engine, _ folder: TemporaryFolder) async throws -> [String: String] {
        Self.start.merging(["DATABASE_URL": try await engine.databaseURL(in: folder)]) { $1 }
    }

    @Test(.timeLimit(.minutes(3)), arguments: Engine.allCases)
    func endsInOrderAlthoughClientsHangUp(engine: Engine) async throws {
        let folder = try TemporaryFolder()
        let environment = try await environment(engine, folder)
        var (sent, recipient): (Set<String>, String?) = ([], nil)
        for _ in 0..<3 {
            let server = try ServerProcess(in: folder, environment: environment)
            let port = try #require(await server.port)
            let (token, bob) = try await Self.users(port, recipient)
            recipient = bob
            let file = Form().with("file", [UInt8](repeating: 0x5A, count: 4_000_000), fileName: "f")
            let upload = try await Client.send(file.request("POST", "/media", token: token), port: port)
            let id = try #require(upload.json["id"].string)
            let clients = Clients(port: port, token: token, recipient: bob, file: id)
            await clients.hangUp(count: 240) { server.send(SIGTERM) }
            let (end, text) = await server.end()
            #expect(end == ServerProcess.End(exitCode: 0, wasSignalled: false), "\(text.suffix(2_000))")
            sent.formUnion(try Self.check(text))
        }
        let server = try ServerProcess(in: folder, environment: environment)
        let port = try #require(await server.port)
        let (token, bob) = try await Self.users(port, recipient)
        let kept = try await Load.all(port, token, bob).ids
        #expect(kept.subtracting(sent) == [], "a message was committed, and its request is not in the log")
        #expect(!kept.isEmpty)
        server.send(SIGTERM)
        #expect(await server.end().end.exitCode == 0)
    }

    /// Checks that the log consists of whole lines, has no errors, and ends in order.
    /// - Returns: the ids of the requests that sent messages.
    private static func check(_ text: String) throws -> Set<String> {
        let lines = try text.split(separator: "\n").map { try #require(JSONValue.parse(Array($0.utf8)), "\($0)") }
        #expect(lines.filter { $0["level"] == "error" } == [])
        #expect(lines.filter { $0["message"] == "stopping" }.map { $0["signal"] } == ["SIGTERM"])
        #expect(lines.last?["message"] == "stopped")
        return Set(lines.filter { $0["route"] == "/messages" }.compactMap { $0["requestId"].string })
    }

    /// Signs in; registers the two users first unless there is a recipient.
    private static func users(_ port: Int, _ recipient: String?) async throws -> (token: String, recipient: String) {
        guard let recipient else { return try await Load.users(port) }
        let login: JSONValue = ["email": "ada@example.org", "password": "correct horse battery"]
        let session = try await Client.send(Request("POST", "/auth/login", json: login), port: port)
        return (session.json["accessToken"].string ?? "", recipient)
    }

    // MARK: Signals

    @Test func logsItsStartAndItsStopAndIgnoresSIGHUP() async throws {
        let folder = try TemporaryFolder()
        let server = try ServerProcess(in: folder, environment: try await environment(.sqlite, folder))
        let port = try #require(await server.port)
        server.send(SIGHUP)
        #expect(try await Client.send(Request("GET", "/health"), port: port).status == 200)
        server.send(SIGTERM)
        let (end, text) = await server.end()
        #expect(end == ServerProcess.End(exitCode: 0, wasSignalled: false))
        let lines = text.split(separator: "\n").compactMap { JSONValue.parse(Array($0.utf8)) }
        let migrations = lines.filter { $0["message"] == "migration applied" }.compactMap { $0["migration"].string }
        #expect(migrations == Migrations.all.map { "\($0.name)" })
        let start = try #require(lines.first { $0["message"] == "listening" })
        #expect(start["address"].string == "http://127.0.0.1:\(port)")
        #expect(start["adminAddress"].string?.hasPrefix("http://127.0.0.1:") == true)
        #expect(start["database"].string == folder.path + "/parley.db")
        #expect(start["version"].string == Version.current)
        // The line of a request may come a moment after its response, even behind the signal's.
        let stop = lines.filter { $0["message"] != "request" }.suffix(2)
        #expect(stop.map { $0["message"] } == ["stopping", "stopped"])
        #expect(stop.map { $0["signal"].string } == ["SIGTERM", nil])
        #expect(folder.files(below: "").filter { $0.hasPrefix("parley.db") } == ["parley.db"])
    }

    /// At any moment of the start: before it listens, the signal ends it as it ends any program.
    @Test(.timeLimit(.minutes(2))) func saysNothingIsWrongWhenItIsStoppedAtOnce() async throws {
        let folder = try TemporaryFolder()
        let environment = try await environment(.sqlite, folder)
        for milliseconds in [0, 5, 10, 15, 20, 25, 30, 40, 50, 60, 80, 100, 150, 200] {
            let server = try ServerProcess(in: folder, environment: environment)
            try await Task.sleep(for: .milliseconds(milliseconds))
            server.send(SIGTERM)
            let (end, text) = await server.end()
            let orderly = ServerProcess.End(exitCode: 0, wasSignalled: false)
            let early = ServerProcess.End(exitCode: SIGTERM, wasSignalled: true)
            #expect([orderly, early].contains(end), "\(text)")
            #expect(!text.contains("\"level\":\"error\"") && !text.contains("rror:"), "\(text)")
        }
    }
}
