import Logging
import NIOCore
import ServiceLifecycle
import SpecCore
import SpecServer
import TestSupport
import Testing

/// A server with one operation that echoes its body.
enum EchoServer {
    /// More bytes than the system's buffers take at once.
    static let longBytes = 32 << 20

    static func run(
        bounds: HTTPBounds = HTTPBounds(), more: [Endpoint] = [], limits: [RateLimit] = [],
        idempotencyStore: (any IdempotencyStore)? = nil, accessLog: AccessLog? = nil, policies: [any Policy] = [],
        pages: DocumentPages? = nil, _ body: @escaping @Sendable (Int) async throws -> Void
    ) async throws {
        let operation = Operation(
            id: "echo", method: .post, path: "/echo", consumes: ["text/plain"], produces: ["text/plain"],
            bodyBytesMax: 1_000, isBodyRequired: true)
        let echo = Endpoint(operation) { request, _ in
            let bytes = try await request.body.collect(upTo: operation.bodyBytesMax)
            return OperationResponse(200, contentType: "text/plain", body: .bytes(bytes))
        }
        let stream = Endpoint(Operation(id: "stream", method: .get, path: "/stream", produces: ["text/plain"])) {
            _, _ in
            OperationResponse(
                200, contentType: "text/plain",
                body: .stream(length: nil) { writer in
                    for piece in ["one ", "two"] { try await writer.write(ByteBuffer(string: piece)) }
                })
        }
        let failing = Endpoint(Operation(id: "fail", method: .get, path: "/fail")) { _, _ in
            throw StoreError.failed("secret words")
        }
        let later = Endpoint(Operation(id: "later", method: .get, path: "/later", produces: ["text/plain"])) { _, _ in
            await Task.yield()
            return OperationResponse(200, contentType: "text/plain", body: .bytes(ByteBuffer(string: "later")))
        }
        let long = Endpoint(Operation(id: "long", method: .get, path: "/long", produces: ["text/plain"])) { _, _ in
            OperationResponse(
                200, contentType: "text/plain",
                body: .bytes(ByteBuffer(repeating: UInt8(ascii: "#"), count: EchoServer.longBytes)))
        }
        let locked = Endpoint(
            Operation(
                id: "locked", method: .get, path: "/locked",
                security: [SecurityAlternative([SecurityScheme("bearer", .bearer)])],
                limits: [
                    RateLimit(
                        name: "requests", burst: 3, refillSeconds: 60, counts: .tries, stage: .head, key: [.caller])
                ])
        ) { _, _ in OperationResponse(204) }
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        var configuration = HTTPService.Configuration(host: "127.0.0.1", port: 0)
        configuration.bounds = bounds
        configuration.limits = limits
        configuration.idempotencyStore = idempotencyStore
        configuration.accessLog = accessLog
        configuration.policies = policies
        let service = try HTTPService(
            configuration, endpoints: [echo, stream, failing, later, long, locked] + more, pages: pages,
            authenticator: RejectingAuthenticator(), limiter: LocalRateLimiter { 0 },
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }),
            onListening: { port.yield($0) })
        let group = ServiceGroup(
            services: [service], logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                // A server that does not start fails the test instead of keeping it waiting.
                defer { port.finish() }
                try await group.run()
            }
            for await number in ports {
                try await body(number)
                break
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    private struct RejectingAuthenticator: Authenticator {
        func caller(with credential: Credential) async throws -> Caller {
            switch credential.value {
            case "old": throw Problem(.tokenExpired, "The token has expired.")
            case "same": throw Problem(.unauthenticated)
            default: throw Problem(.unauthenticated, "No.")
            }
        }
    }
}

/// Raw bytes in, raw bytes out.
@Suite(.timeLimit(.minutes(10))) struct HostileBytesTests {
    private static func head(_ lines: String...) -> String { lines.joined(separator: "\r\n") + "\r\n\r\n" }

    @Test(arguments: [
        head("POST /echo HTTP/1.1", "Host: a", "Content-Length: 1", "Transfer-Encoding: chunked"),
        head("POST /echo HTTP/1.1", "Host: a", "Content-Length: 1", "Content-Length: 2"),
        head("POST /echo HTTP/1.1", "Host: a", "Content-Length: 1", "Content-Length: 1"),
        head("POST /echo HTTP/1.1", "Host: a", "Content-Length: +1"),
        head("POST /echo HTTP/1.1", "Host: a", "Content-Length: 1x"),
        head("POST /echo HTTP/1.1", "Host: a", "Transfer-Encoding: gzip"),
        head("POST /echo HTTP/1.1", "Host: a", "Transfer-Encoding: gzip, chunked"),
        head("POST /echo HTTP/1.1", "Host: a", "Transfer-Encoding: chunked", "Transfer-Encoding: chunked"),
        head("POST /echo HTTP/1.1", "Host: a", "X: 1", " folded"),
        head("POST /echo HTTP/1.1", "Host: a", "X : 1"),
        head("POST /echo HTTP/1.1", "Host: a", "X: a\u{0}b"),
        head("POST /echo HTTP/1.1"),
        head("POST /echo HTTP/1.1", "Host: a", "Host: b"),
        head("POST /ec ho HTTP/1.1", "Host: a"),
        head("garbage"),
        "\u{16}\u{3}\u{1}\u{2}\u{0}\r\n\r\n",
        head("POST /echo HTTP/1.1", "Host: a", "Content-Type: text/plain", "Transfer-Encoding: chunked") + "zz\r\n\r\n",
    ])
    func refusesAndCloses(bytes: String) async throws {
        try await EchoServer.run { port in
            let answer = try await RawConnection.exchange(port: port, sending: Array(bytes.utf8))
            #expect(answer.hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
            #expect(answer.contains("\r\nConnection: close\r\n"))
            #expect(answer.contains("\"code\":\"malformed\""))
        }
    }

    @Test func refusesHeadsThatAreTooLong() async throws {
        try await EchoServer.run { port in
            let long = Self.head("GET /echo HTTP/1.1", "Host: a", "X: " + String(repeating: "x", count: 20_000))
            let answer = try await RawConnection.exchange(port: port, sending: Array(long.utf8))
            #expect(answer.hasPrefix("HTTP/1.1 431 "))
        }
    }

    @Test func answersPipelinedRequestsInOrder() async throws {
        try await EchoServer.run { port in
            let one =
                Self.head("POST /echo HTTP/1.1", "Host: a", "Content-Type: text/plain", "Content-Length: 3") + "one"
            let two =
                Self.head(
                    "POST /echo HTTP/1.1", "Host: a", "Content-Type: text/plain", "Transfer-Encoding: chunked",
                    "Connection: close") + "3\r\ntwo\r\n0\r\n\r\n"
            let answer = try await RawConnection.exchange(port: port, sending: Array((one + two).utf8))
            let bodies = answer.components("\r\n\r\n")
            #expect(bodies.count == 3)
            #expect(bodies[1].hasPrefix("oneHTTP/1.1 200 OK\r\n"))
            #expect(bodies[2] == "two")
        }
    }

    /// RFC 9110, 5.5: white space around a value is no part of it.
    @Test func leavesOutTheSpaceBehindFields() async throws {
        try await EchoServer.run { port in
            let lengths = Self.head(
                "POST /echo HTTP/1.1", "Host:\t a \t", "Content-Type: text/plain \t", "Content-Length:  3 ",
                "X-Request-Id: one  ")
            let chunks = Self.head(
                "POST /echo HTTP/1.1", "Host: a ", "Content-Type: text/plain", "Transfer-Encoding: chunked ",
                "Connection: close ")
            let bytes = Array((lengths + "one" + chunks + "3\r\ntwo\r\n0\r\n\r\n").utf8)
            let answer = try await RawConnection.exchange(port: port, sending: bytes)
            let bodies = answer.components("\r\n\r\n")
            #expect(bodies.count == 3)
            #expect(bodies[0].lowercased().contains("\r\nx-request-id: one\r\n"))
            #expect(bodies[1].hasPrefix("oneHTTP/1.1 200 OK\r\n"))
            #expect(bodies[2] == "two")
        }
    }

    @Test func answersThousandsOfPipelinedRequests() async throws {
        try await EchoServer.run { port in
            let one =
                Self.head("POST /echo HTTP/1.1", "Host: a", "Content-Type: text/plain", "Content-Length: 3") + "one"
            // The first waits, so that all others queue after it.
            let first = Self.head("GET /later HTTP/1.1", "Host: a")
            let last = Self.head("GET /later HTTP/1.1", "Host: a", "Connection: close")
            let requests = first + String(repeating: one, count: 5_000) + last
            let answer = try await RawConnection.exchange(port: port, sending: Array(requests.utf8))
            let bodies = answer.components("\r\n\r\n")
            #expect(bodies.count == 5_003)
            #expect(bodies[1].hasPrefix("laterHTTP/1.1 200 OK\r\n"))
            #expect(bodies[2...5_001].allSatisfy { $0.hasPrefix("oneHTTP/1.1 200 OK\r\n") })
            #expect(bodies.last == "later")
        }
    }

    @Test func writesALongLastAnswerWholeBeforeItCloses() async throws {
        try await EchoServer.run { port in
            let request = Self.head("GET /long HTTP/1.1", "Host: a", "Connection: close")
            let answer = try await RawConnection.exchange(port: port, sending: Array(request.utf8))
            #expect(answer.utf8.count { $0 == UInt8(ascii: "#") } == EchoServer.longBytes)
        }
    }

    @Test func writesALongAnswerWholeToAClientThatSaysNoMore() async throws {
        try await EchoServer.run { port in
            let request = Self.head("GET /long HTTP/1.1", "Host: a")
            let answer = try await RawConnection.exchange(port: port, sending: Array(request.utf8), halfCloses: true)
            #expect(answer.utf8.count { $0 == UInt8(ascii: "#") } == EchoServer.longBytes)
        }
    }

    @Test func writesALongAnswerWholeBeforeARefusal() async throws {
        var bounds = HTTPBounds()
        // Draining starts when everything was read, so that zero seconds are enough here.
        bounds.drainSeconds = 0
        try await EchoServer.run(bounds: bounds) { port in
            let bytes = Array((Self.head("GET /long HTTP/1.1", "Host: a") + "!!!\r\n\r\n").utf8)
            let answer = try await RawConnection.exchange(port: port, sending: bytes)
            #expect(answer.utf8.count { $0 == UInt8(ascii: "#") } == EchoServer.longBytes)
            #expect(answer.contains("HTTP/1.1 400 Bad Request\r\n"))
        }
    }

    @Test func takesEmptyLinesForNothing() async throws {
        var bounds = HTTPBounds()
        bounds.headSeconds = 1
        bounds.idleSeconds = 2
        try await EchoServer.run(bounds: bounds) { port in
            let answer = try await RawConnection.exchange(port: port, sending: Array("\r\n".utf8))
            #expect(answer == "", "an idle connection, no slow head")
            let request = "\r\n\r\n" + Self.head("GET /later HTTP/1.1", "Host: a", "Connection: close")
            #expect(try await RawConnection.exchange(port: port, sending: Array(request.utf8)).hasSuffix("later"))
        }
    }

    @Test func letsAClientAskFirst() async throws {
        try await EchoServer.run { port in
            let request =
                Self.head(
                    "POST /echo HTTP/1.1", "Host: a", "Content-Type: text/plain", "Content-Length: 2",
                    "Expect: 100-continue", "Connection: close")
            // The body comes without waiting for 100 Continue, as RFC 9110 allows.
            let answer = try await RawConnection.exchange(port: port, sending: Array((request + "hi").utf8))
            #expect(answer.hasSuffix("\r\n\r\nhi"))
            let other = request.replacing("100-continue", with: "magic")
            let answer1 = try await RawConnection.exchange(port: port, sending: Array(other.utf8))
            #expect(answer1.hasPrefix("HTTP/1.1 417 "))
        }
    }

    @Test func refusesBodiesThatAreTooLongWithoutReadingThem() async throws {
        try await EchoServer.run { port in
            let declared = Self.head(
                "POST /echo HTTP/1.1", "Host: a", "Content-Type: text/plain", "Content-Length: 1073741824")
            let answer2 = try await RawConnection.exchange(port: port, sending: Array(declared.utf8))
            #expect(answer2.hasPrefix("HTTP/1.1 413 "))
            let chunk = "400\r\n" + String(repeating: "x", count: 1_024) + "\r\n"
            let chunked =
                Self.head(
                    "POST /echo HTTP/1.1", "Host: a", "Content-Type: text/plain", "Transfer-Encoding: chunked",
                    "Connection: close")
                + chunk + chunk + "0\r\n\r\n"
            let answer3 = try await RawConnection.exchange(port: port, sending: Array(chunked.utf8))
            #expect(answer3.hasPrefix("HTTP/1.1 413 "))
        }
    }

    @Test func readsARefusedBodyForAWhileOnly() async throws {
        var bounds = HTTPBounds()
        bounds.drainSeconds = 1
        try await EchoServer.run(bounds: bounds) { [bounds] port in
            let declared = Self.head(
                "POST /echo HTTP/1.1", "Host: a", "Content-Type: text/plain", "Content-Length: 1073741824")
            let stay = try #require(try await RawConnection.insist(port: port, sending: Array(declared.utf8)))
            #expect(stay >= .seconds(bounds.drainSeconds))
        }
    }

    @Test func cutsOffSlowHeadsAndSlowBodies() async throws {
        var bounds = HTTPBounds()
        bounds.headSeconds = 1
        bounds.slowBodySeconds = 1
        try await EchoServer.run(bounds: bounds) { port in
            let half = "POST /echo HTTP/1.1\r\nHost: a"
            let answer4 = try await RawConnection.exchange(port: port, sending: Array(half.utf8))
            #expect(answer4.hasPrefix("HTTP/1.1 408 "))
            let body =
                Self.head("POST /echo HTTP/1.1", "Host: a", "Content-Type: text/plain", "Content-Length: 100") + "x"
            let answer5 = try await RawConnection.exchange(port: port, sending: Array(body.utf8))
            #expect(answer5.hasPrefix("HTTP/1.1 408 "))
        }
    }

    @Test func closesConnectionsThatSayNothing() async throws {
        var bounds = HTTPBounds()
        bounds.idleSeconds = 1
        try await EchoServer.run(bounds: bounds) { port in
            let answer = try await RawConnection.exchange(port: port, sending: [])
            #expect(answer == "")
        }
    }

    @Test func streamsAnswersInChunks() async throws {
        try await EchoServer.run { port in
            let request = Self.head("GET /stream HTTP/1.1", "Host: a", "Connection: close")
            let answer = try await RawConnection.exchange(port: port, sending: Array(request.utf8))
            #expect(answer.contains("\r\nTransfer-Encoding: chunked\r\n"))
            #expect(answer.hasSuffix("\r\n\r\n4\r\none \r\n3\r\ntwo\r\n0\r\n\r\n"))
            let old = "GET /stream HTTP/1.0\r\n\r\n"
            let answer6 = try await RawConnection.exchange(port: port, sending: Array(old.utf8))
            #expect(answer6.hasSuffix("\r\n\r\none two"))
        }
    }

    @Test func limitsThoseWhoseCredentialIsRefusedByAddress() async throws {
        try await EchoServer.run { port in
            var statuses: [String] = []
            for _ in 0..<4 {
                let request = Self.head(
                    "GET /locked HTTP/1.1", "Host: a", "Authorization: Bearer guessed", "Connection: close")
                let answer = try await RawConnection.exchange(port: port, sending: Array(request.utf8))
                statuses.append(String(answer.dropFirst("HTTP/1.1 ".count).prefix(3)))
            }
            #expect(statuses == ["401", "401", "401", "429"])
        }
    }

    @Test func showsNothingOfAnInternalError() async throws {
        try await EchoServer.run { port in
            let request = Self.head("GET /fail HTTP/1.1", "Host: a", "Connection: close")
            let answer = try await RawConnection.exchange(port: port, sending: Array(request.utf8))
            #expect(answer.hasPrefix("HTTP/1.1 500 "))
            #expect(!answer.contains("secret"))
            #expect(answer.contains("\"code\":\"internal\""))
        }
    }

    @Test func survivesRandomBytes() async throws {
        let seed = UInt64.random(in: .min ... .max)
        print("seed \(seed)")
        var random = SplitMix(state: seed)
        var samples: [[UInt8]] = []
        for _ in 0..<100 {
            samples.append(
                (0..<Int.random(in: 1...300, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) })
        }
        let all = samples
        try await EchoServer.run { port in
            for bytes in all {
                let answer = try await RawConnection.exchange(port: port, sending: bytes + Array("\r\n\r\n\r\n".utf8))
                #expect(!answer.hasPrefix("HTTP/1.1 5"), "seed \(seed)")
            }
        }
    }
}

/// SplitMix64: a generator with a printed seed, so that failures can be repeated.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}

extension String {
    fileprivate func components(_ separator: String) -> [String] {
        split(separator: separator, omittingEmptySubsequences: false).map(String.init)
    }
}
