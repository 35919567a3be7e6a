import NIOCore
import SpecCore
import SpecServer
import TestSupport
import Testing

/// The end of responses as policies observe it: when they have left, or when their connection has failed.
@Suite(.timeLimit(.minutes(10))) struct DeliveryTests {
    private static let pieceBytes = 65_536
    private static let pieces = 512

    /// An endless download, in pieces.
    private static let download = Endpoint(
        Operation(id: "download", method: .get, path: "/download", produces: ["text/plain"])
    ) { _, _ in
        OperationResponse(
            200, contentType: "text/plain",
            body: .stream(length: pieces * pieceBytes) { writer in
                for _ in 0..<pieces {
                    try await writer.write(ByteBuffer(repeating: UInt8(ascii: "#"), count: pieceBytes))
                }
            })
    }

    private static func get(_ path: String, method: String = "GET") -> [UInt8] {
        Array("\(method) \(path) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".utf8)
    }

    @Test func reportsAStreamedResponseOnceItHasLeft() async throws {
        let recorder = DeliveryRecorder()
        let operation = Operation(id: "held", method: .get, path: "/held", produces: ["text/plain"])
        let held = Endpoint(operation) { _, _ in
            OperationResponse(
                200, contentType: "text/plain",
                body: .stream(length: nil) { writer in
                    try await writer.write(ByteBuffer(string: "one "))
                    // The first piece has left, and the response has not.
                    try await writer.write(ByteBuffer(string: "\(recorder.deliveries.count)"))
                })
        }
        try await EchoServer.run(more: [held], policies: [recorder]) { port in
            let answer = try await RawConnection.exchange(port: port, sending: Self.get("/held"))
            #expect(answer.hasSuffix("\r\n\r\n4\r\none \r\n1\r\n0\r\n0\r\n\r\n"))
            #expect(await recorder.wait(for: 1) == [Delivery(status: 200, bodyBytes: 5, isComplete: true)])
        }
    }

    /// The client sees as many bytes as are reported, but for the piece that was being written.
    @Test(arguments: ["/download", "/long"])
    func reportsTheBytesThatLeftBeforeTheClientStoppedReading(path: String) async throws {
        let recorder = DeliveryRecorder()
        var bounds = HTTPBounds()
        bounds.stalledWriteSeconds = 1
        try await EchoServer.run(bounds: bounds, more: [Self.download], policies: [recorder]) { port in
            let received = try await RawConnection.stall(port: port, sending: Self.get(path)) {
                #expect(recorder.deliveries == [], "the client still might read")
                _ = await recorder.wait(for: 1)
            }
            let delivery = try #require(recorder.deliveries.first)
            #expect(delivery.status == 200)
            #expect(!delivery.isComplete)
            #expect(delivery.bodyBytes > 0)
            #expect(delivery.bodyBytes < Self.pieces * Self.pieceBytes)
            let headBytesMax = 1_024
            #expect((0..<Self.pieceBytes + headBytesMax).contains(received - delivery.bodyBytes))
        }
    }

    @Test func reportsLongResponsesWhole() async throws {
        let recorder = DeliveryRecorder()
        try await EchoServer.run(policies: [recorder]) { port in
            _ = try await RawConnection.exchange(port: port, sending: Self.get("/long"))
            let whole = Delivery(status: 200, bodyBytes: EchoServer.longBytes, isComplete: true)
            #expect(await recorder.wait(for: 1) == [whole])
        }
    }

    @Test func reportsNoBytesForHEAD() async throws {
        let recorder = DeliveryRecorder()
        try await EchoServer.run(policies: [recorder]) { port in
            for path in ["/later", "/long", "/stream"] {
                _ = try await RawConnection.exchange(port: port, sending: Self.get(path, method: "HEAD"))
            }
            let none = Delivery(status: 200, bodyBytes: 0, isComplete: true)
            #expect(await recorder.wait(for: 3) == [none, none, none])
        }
    }

    @Test(arguments: [false, true]) func endsBehindRequestsWhoseClientHasHungUp(resets: Bool) async throws {
        let recorder = DeliveryRecorder()
        let slow = SlowEndpoint()
        var bounds = HTTPBounds()
        bounds.shutdownSeconds = 120
        try await EchoServer.run(bounds: bounds, more: [slow.endpoint], policies: [recorder]) { port in
            let bytes = Array("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n".utf8)
            try await RawConnection.abandon(port: port, sending: bytes, resets: resets)
            await slow.started()
            Task {
                // The server stops after the last reader has left; unless another test's server listens there already.
                for _ in 0..<100 where (try? await RawConnection.abandon(port: port, sending: [])) == nil { break }
                #expect(recorder.deliveries == [])
                slow.respond()
            }
        }
        #expect(recorder.deliveries.map(\.status) == [204])
    }

    @Test(arguments: [204, 205]) func reportsNoBytesOfABodyThatTheStatusForbids(status: Int) async throws {
        let recorder = DeliveryRecorder()
        let silent = Endpoint(Operation(id: "silent", method: .get, path: "/silent")) { _, _ in
            OperationResponse(status, body: .bytes(ByteBuffer(string: "never sent")))
        }
        try await EchoServer.run(more: [silent], policies: [recorder]) { port in
            _ = try await RawConnection.exchange(port: port, sending: Self.get("/silent"))
            #expect(await recorder.wait(for: 1) == [Delivery(status: status, bodyBytes: 0, isComplete: true)])
        }
    }

    /// The server waits for it, though not for ever.
    @Test func reportsAResponseWithoutAClient() async throws {
        let recorder = DeliveryRecorder()
        let slow = SlowEndpoint()
        var bounds = HTTPBounds()
        bounds.shutdownSeconds = 1
        try await EchoServer.run(bounds: bounds, more: [slow.endpoint], policies: [recorder]) { port in
            try await RawConnection.abandon(port: port, sending: Array("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n".utf8))
            await slow.started()
        }
        #expect(recorder.deliveries == [])
        slow.respond()
        #expect(await recorder.wait(for: 1) == [Delivery(status: 204, bodyBytes: 0, isComplete: false)])
    }

    @Test func reportsRejectedHeads() async throws {
        let recorder = DeliveryRecorder()
        try await EchoServer.run(policies: [recorder]) { port in
            let answer = try await RawConnection.exchange(port: port, sending: Array("garbage\r\n\r\n".utf8))
            let bytes = try #require(answer.split(separator: "\r\n\r\n").last).utf8.count
            #expect(await recorder.wait(for: 1) == [Delivery(status: 400, bodyBytes: bytes, isComplete: true)])
        }
    }
}

/// `GET /slow`, whose service responds with 204 when the test says so.
private struct SlowEndpoint: Sendable {
    let endpoint: Endpoint
    private let starts: AsyncStream<Void>
    private let signal: AsyncStream<Void>.Continuation

    init() {
        let (starts, start) = AsyncStream.makeStream(of: Void.self)
        let (signals, signal) = AsyncStream.makeStream(of: Void.self)
        (self.starts, self.signal) = (starts, signal)
        endpoint = Endpoint(Operation(id: "slow", method: .get, path: "/slow")) { _, _ in
            start.yield()
            for await _ in signals { break }
            return OperationResponse(204)
        }
    }

    func started() async { for await _ in starts { break } }
    func respond() { signal.finish() }
}
