import Foundation
import GRDB
import SpecCore
import TestSupport
import Testing

#if os(Linux)
    /// Tests the server on a full disk; a limit on the size of files stands in for it.
    @Suite(.timeLimit(.minutes(10))) struct FullDiskTests {
        private static let start = ["PORT": "0", "ADMIN_PORT": "0", "LOG_FORMAT": "json", "RATE_LIMITS": "off"]

        @Test func answers503UntilThereIsRoomAgainAndLosesNothing() async throws {
            let folder = try TemporaryFolder()
            let server = try ServerProcess(in: folder, environment: Self.start)
            let port = try #require(await ProcessTests.port(of: server))
            let (token, recipient) = try await Load.users(port)
            try await limitFiles(of: server, to: "1000000")
            let (taken, rejection) = try await Self.sendUntilRefused(port, token, recipient)
            #expect(rejection.status == 503)
            #expect(rejection.code == "unavailable")
            #expect(rejection.field("Retry-After") != nil)
            #expect(try await Client.send(Request("GET", "/health"), port: port).status == 200)
            // Not even a page: there might be room for a few, but not for a message.
            try await limitFiles(of: server, to: "4096")
            let ready = try await Client.send(Request("GET", "/ready"), port: port)
            #expect(ready.status == 503)
            #expect(ready.json["detail"] == "The database does not respond or cannot be written.")
            #expect(try await Load.all(port, token, recipient).ids == taken)
            try await limitFiles(of: server, to: "unlimited")
            #expect(try await Client.send(Request("GET", "/ready"), port: port).status == 200)
            let (more, _) = try await Self.sendUntilRefused(port, token, recipient, atMost: 10)
            #expect(more.count == 10)
            #expect(try await Load.all(port, token, recipient).ids == taken.union(more))
            server.send(SIGTERM)
            #expect(await server.end().end == ServerProcess.End(exitCode: 0, wasSignalled: false))
            let database = try DatabaseQueue(path: folder.path + "/var/parley.db")
            #expect(try await database.read { try String.fetchAll($0, sql: "PRAGMA integrity_check") } == ["ok"])
        }

        /// Limits the file size with util-linux's `prlimit`: Swift does not import prlimit(2).
        private func limitFiles(of server: ServerProcess, to bytes: String) async throws {
            let code = try await ChildProcess.run(
                "/usr/bin/prlimit", ["--pid", "\(server.processID)", "--fsize=\(bytes):unlimited"])
            try #require(code == 0)
        }

        /// Sends until a message is rejected; returns the accepted client ids and the first response that is not a 201.
        private static func sendUntilRefused(
            _ port: Int, _ token: String, _ recipient: String, atMost count: Int = 20_000
        ) async throws -> (taken: Set<String>, last: Reply) {
            try await HTTPConnection.open(port: port) { exchange in
                var (taken, last): (Set<String>, Reply?) = ([], nil)
                while taken.count < count {
                    let id = Identifier.make().description
                    let body: JSONValue = [
                        "recipientId": .string(recipient), "clientMessageId": .string(id),
                        "text": .string(String(repeating: "full ", count: 800)),
                    ]
                    let reply = try await exchange.send(Request("POST", "/messages", token: token, json: body))
                    last = reply
                    guard reply.status == 201 else { break }
                    taken.insert(id)
                }
                return (taken, try #require(last))
            }
        }
    }
#endif
