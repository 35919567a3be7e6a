import Foundation
import SpecCore
import TestSupport
import Testing

/// Tests of bodies whose length differs from Content-Length.
@Suite(.timeLimit(.minutes(10))) struct BodyLengthTests {
    private func bytes(_ sender: TestServer.Account, to recipient: String, declaring more: Int, _ rest: String = "")
        -> [UInt8]
    {
        let body: JSONValue = [
            "recipientId": .string(recipient), "clientMessageId": .string(Identifier.make().description), "text": "x",
        ]
        let lines = [
            "POST /messages HTTP/1.1", "Host: a", "Authorization: Bearer \(sender.token)",
            "Content-Type: application/json", "Content-Length: \(body.text.utf8.count + more)", "", body.text + rest,
        ]
        return Array(lines.joined(separator: "\r\n").utf8)
    }

    @Test func makesNothingOfABodyThatEndsEarly() async throws {
        try await TestServer.run(on: [.sqlite]) { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            // The body is a complete message; only the announced length is greater.
            for _ in 0..<4 {
                try await RawConnection.abandon(
                    port: server.port, sending: bytes(ada, to: bob.id, declaring: 10))
            }
            let sent = try await server.message(from: ada, to: bob.id)
            #expect(sent.json["seq"] == 1)
            #expect(try await server.list(ada, with: bob).json["items"].items.count == 1)
        }
    }

    @Test func takesWhatFollowsABodyForAnotherRequest() async throws {
        try await TestServer.run(on: [.sqlite]) { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            let answer = try await RawConnection.exchange(
                port: server.port, sending: bytes(ada, to: bob.id, declaring: 0, "and more\r\n\r\n"))
            let statuses = answer.components(separatedBy: "HTTP/1.1 ").dropFirst().map { $0.prefix(3) }
            #expect(statuses == ["201", "400"])
            #expect(try await server.list(ada, with: bob).json["items"].items.count == 1)
        }
    }
}
