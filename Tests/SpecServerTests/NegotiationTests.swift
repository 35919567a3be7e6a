import TestSupport
import Testing

/// `Accept`, `Content-Type`, `Content-Length` and `Authorization` at their edges.
@Suite(.serialized, .timeLimit(.minutes(10))) struct NegotiationTests {
    private static func status(_ lines: [String], body: String = "") async throws -> String {
        let answer = Answered()
        let head = (lines + ["Host: a", "Connection: close"]).joined(separator: "\r\n") + "\r\n\r\n"
        try await EchoServer.run { port in
            await answer.set(try await RawConnection.exchange(port: port, sending: Array((head + body).utf8)))
        }
        return String(await answer.text.dropFirst("HTTP/1.1 ".count).prefix(3))
    }

    @Test(arguments: [
        ("text/plain", "200"), ("text/*", "200"), ("*/*", "200"), ("application/json", "406"),
        ("text/plain;q=0", "406"),
        ("text/plain; q=0.000", "406"), ("text/plain;q=0.001", "200"), ("application/json, text/plain;q=0.1", "200"),
        ("TEXT/Plain", "200"), ("text/plainer", "406"), ("", "200"),
    ])
    func acceptExcludesTypesOfWeightZero(accept: String, status: String) async throws {
        #expect(try await Self.status(["GET /stream HTTP/1.1", "Accept: \(accept)"]) == status)
    }

    @Test(arguments: [(1_000, "200"), (1_001, "413")]) func bodiesReachTheirLimitAndNotOneByteMore(
        count: Int, status: String
    ) async throws {
        let lines = ["POST /echo HTTP/1.1", "Content-Type: text/plain", "Content-Length: \(count)"]
        #expect(try await Self.status(lines, body: String(repeating: "x", count: count)) == status)
    }

    @Test(arguments: [(1_000, "200"), (1_001, "413")]) func bodiesOfUnknownLengthHaveTheSameLimit(
        count: Int, status: String
    ) async throws {
        let lines = ["POST /echo HTTP/1.1", "Content-Type: text/plain", "Transfer-Encoding: chunked"]
        let chunk = String(count, radix: 16) + "\r\n" + String(repeating: "x", count: count) + "\r\n0\r\n\r\n"
        #expect(try await Self.status(lines, body: chunk) == status)
    }

    @Test func twoAuthorizationFieldsAreNone() async throws {
        let answer = Answered()
        let head = "GET /locked HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer old\r\n"
        try await EchoServer.run { port in
            for more in ["", "Authorization: Bearer old\r\n"] {
                let bytes = Array((head + more + "Connection: close\r\n\r\n").utf8)
                await answer.set(try await RawConnection.exchange(port: port, sending: bytes))
                let code = more.isEmpty ? "token-expired" : "unauthenticated"
                #expect(await answer.text.contains("\"code\":\"\(code)\""))
            }
        }
    }
}
