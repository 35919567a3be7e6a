import Foundation
import NIOCore
import SpecCore
import SpecServer
import TestSupport
import Testing

/// Statuses whose responses end with their head (RFC 9110, 15.3.5, 15.3.6 and 15.4.5).
@Suite(.timeLimit(.minutes(10))) struct BodylessTests {
    private static func endpoint(_ status: Int, _ body: OperationResponse.Body) -> Endpoint {
        Endpoint(Operation(id: "bare", method: .get, path: "/bare", produces: ["text/plain"])) { _, _ in
            OperationResponse(status, contentType: "text/plain", body: body)
        }
    }

    private static let request = Array(
        "GET /bare HTTP/1.1\r\nHost: a\r\n\r\nGET /bare HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".utf8)

    @Test(arguments: [204, 205, 304], [true, false])
    func sendsNoBody(status: Int, isStreamed: Bool) async throws {
        let bytes = ByteBuffer(string: "HTTP/1.1 200 Evil\r\n\r\n")
        let body = isStreamed ? OperationResponse.Body.stream(length: nil) { try await $0.write(bytes) } : .bytes(bytes)
        try await EchoServer.run(more: [Self.endpoint(status, body)]) { port in
            let answer = try await RawConnection.exchange(port: port, sending: Self.request)
            #expect(!answer.contains("Evil"))
            #expect(answer.components(separatedBy: "HTTP/1.1 \(status) ").count == 3, "both requests are answered")
            #expect(answer.hasSuffix("\r\n\r\n"))
        }
    }
}
