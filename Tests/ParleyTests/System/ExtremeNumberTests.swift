import ParleyContract
import SpecCore
import TestSupport
import Testing

@testable import ParleyServices

/// Tests that numbers at the ends of their types, wherever they come from, end no process.
@Suite(.timeLimit(.minutes(10))) struct ExtremeNumberTests {
    private static let ends: [Int64] = [.min, .min + 1, -1, 0, 1, .max - 1, .max]

    private static func row(_ generation: Int64, _ time: Int64) -> SessionsRow {
        let at = Timestamp(milliseconds: time)
        return SessionsRow(
            id: .make(), userId: .make(), deviceName: nil, addressPrefix: "", generation: generation, refreshHash: [],
            rotatedAt: at, createdAt: at, lastUsedAt: at, endedAt: nil)
    }

    @Test(arguments: ends) func sessionsOfAnyTimeEnd(time: Int64) {
        let row = Self.row(0, time)
        for now in Self.ends.map(Timestamp.init(milliseconds:)) {
            _ = SessionExpiry.isOver(row, at: now)
            #expect(SessionExpiry.end(of: row) >= row.createdAt)
            #expect(SessionExpiry.usedAfter(now) <= now && SessionExpiry.madeAfter(now) <= now)
        }
    }

    @Test(arguments: ends) func positionsOfAnyCursorAreBounded(position: Int64) {
        let range = PositionRange(MessagesQueries.EdgesRow(first: .min, last: position))
        #expect(range?.before ?? .max >= position)
    }

    @Test func requestsOfAnyNumberAreAnswered() async throws {
        try await TestServer.run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            let file = try await server.upload([1, 2, 3], by: ada)
            let texts = Self.ends.map { "\($0)" } + ["9223372036854775808", "1e999999999", "-0", "+1", "0x10"]
            for text in texts {
                let queries = [
                    ("/sync", [("after", text)]), ("/sync", [("limit", text)]), ("/conversations", [("limit", text)]),
                    ("/messages", [("with", bob.id), ("limit", text)]), ("/contacts", [("limit", text)]),
                    ("/messages", [("with", bob.id), ("from", text)]),
                ]
                for (path, query) in queries {
                    let request = Request("GET", path, query: query, token: ada.token)
                    let reply = try await Client.send(request, port: server.port)
                    #expect(reply.status < 500, "\(path) \(query)")
                }
                var range = file.reference("url")
                for ends in ["\(text)-", "-\(text)", "0-\(text)", "\(text)-\(text)"] {
                    range.fields["Range"] = "bytes=\(ends)"
                    #expect(try await server.send(range).status < 500, "\(ends)")
                }
                let length = "POST /auth/login HTTP/1.1\r\nHost: a:\(text)\r\nContent-Length: \(text)\r\n\r\n"
                // The server may close first.
                try? await RawConnection.abandon(port: server.port, sending: Array(length.utf8))
            }
            #expect(try await server.send(Request("GET", "/health")).status == 200)
        }
    }

    @Test(arguments: ["9999-12-31T23:59:59.999Z", "0000-01-01T00:00:00Z"])
    func periodsOfAnyTimesAreAnswered(time: String) async throws {
        try await TestServer.run { server in
            let (ada, bob) = (try await server.account("Ada"), try await server.account("Bob"))
            for name in ["from", "to"] {
                let query = [("with", bob.id), (name, time)]
                let reply = try await server.send(Request("GET", "/messages", query: query, token: ada.token))
                #expect([200, 400].contains(reply.status))
            }
        }
    }
}
