import SpecCore
import SpecServer
import TestSupport
import Testing

/// Responses to unusual but well-formed request heads.
@Suite(.timeLimit(.minutes(10))) struct RequestHeadTests {
    private static func head(_ lines: String...) -> String { lines.joined(separator: "\r\n") + "\r\n\r\n" }

    private static let last = head("GET /later HTTP/1.1", "Host: a", "Connection: close")

    private static func ask(_ bytes: String, bounds: HTTPBounds = HTTPBounds()) async throws -> String {
        let answer = Answered()
        try await EchoServer.run(bounds: bounds) { port in
            await answer.set(try await RawConnection.exchange(port: port, sending: Array(bytes.utf8)))
        }
        return await answer.text
    }

    /// The statuses of the responses on one connection.
    private static func statuses(_ answer: String) -> [Int] {
        answer.split(separator: "HTTP/1.1 ", omittingEmptySubsequences: false).dropFirst().map {
            Int($0.prefix(3)) ?? 0
        }
    }

    // MARK: Method

    @Test(arguments: ["FOO", "PATCH", "get", "PROPFIND", "M-SEARCH", "CONNECT", "!#$%&'*+-.^_`|~", "GETS", "G", "PUTT"])
    func namesTheMethodsOfAPathToAnyOther(method: String) async throws {
        let request = Self.head("\(method) /echo?x HTTP/1.1", "Host: a", "Content-Length: 2")
        let answer = try await Self.ask(request + "hi" + Self.last)
        #expect(Self.statuses(answer) == [405, 200], "the connection goes on")
        #expect(answer.contains("\r\nAllow: POST\r\n"))
        #expect(answer.contains("\"instance\":\"/echo\""))
    }

    @Test func saysThatAPathIsNotThereToAnyMethod() async throws {
        let answer = try await Self.ask(Self.head("FOO /nowhere HTTP/1.1", "Host: a", "Connection: close"))
        #expect(Self.statuses(answer) == [404])
    }

    @Test func changesNothingInsideAHeadThatBeganBehindAnotherRequest() async throws {
        let first = Array(Self.head("GET /later HTTP/1.1", "Host: a").utf8)
        let second = Array(
            Self.head("GET /later?to=be or HTTP/1.1", "Host: a", "X-Note: some more words", "Connection: close").utf8)
        let plain = Array(
            Self.head("GET /later?to=be HTTP/1.1", "Host: a", "X-Note: some more words", "Connection: close").utf8)
        try await EchoServer.run(bounds: HTTPBounds()) { port in
            for (request, status) in [(plain, 200), (second, 400)] {
                for place in 1..<request.count {
                    let answer = try await RawConnection.exchange(
                        port: port, sending: first + request[..<place], then: Array(request[place...]))
                    #expect(Self.statuses(answer) == [200, status], "split at \(place)")
                }
            }
        }
    }

    @Test(arguments: ["F(O", "F\u{1}O", " ", "é"]) func refusesMethodsThatAreNoToken(method: String) async throws {
        #expect(Self.statuses(try await Self.ask(Self.head("\(method) /echo HTTP/1.1", "Host: a"))) == [400])
    }

    // MARK: Host

    @Test(arguments: [
        "", " ", "a b", "@", "user@a", "a/b", "a?b", "a#b", "a,b", "é", "a:x", "a:65536", ":80", "[::1", "[]", "[::1]x",
        "[a b]:1", "http://a",
    ])
    func refusesHostsThatAreNone(host: String) async throws {
        let answer = try await Self.ask(Self.head("GET /later?x=1 HTTP/1.1", "Host: \(host)", "X-Request-Id: r1"))
        #expect(Self.statuses(answer) == [400])
        #expect(answer.contains("\r\nConnection: close\r\n"))
        #expect(answer.contains("\r\nX-Request-Id: r1\r\n"))
        #expect(answer.contains("\"instance\":\"/later\""))
    }

    @Test(arguments: ["a", "a:", "a:80", "A_b-c.d~e", "127.0.0.1:8080", "[::1]", "[fe80::1.2.3.4]:65535"])
    func takesHosts(host: String) async throws {
        let answer = try await Self.ask(Self.head("GET /later HTTP/1.1", "Host: \(host)", "Connection: close"))
        #expect(Self.statuses(answer) == [200])
    }

    // MARK: Target

    @Test(arguments: [
        ("/later", 200), ("http://a/later", 200), ("http://a/l%61ter", 200), ("/%6cate%72", 200), ("http://a", 404),
        ("http://a?x=1", 404), ("//later", 404), ("/./later", 404), ("/x/../later", 404), ("/later/", 404),
        ("/l%2Fter", 404), ("/later%", 404), ("/later#x", 400), ("/%6%3Cater", 404), ("/%6%63ater", 404), ("*", 400),
        ("later", 400), ("a:80", 400),
        ("/la\tter", 400), ("/läter", 400),
    ])
    func findsWhatATargetNames(target: String, status: Int) async throws {
        let answer = try await Self.ask(Self.head("GET \(target) HTTP/1.1", "Host: a", "Connection: close"))
        #expect(Self.statuses(answer) == [status])
        #expect(answer.hasSuffix("later") == (status == 200))
    }

    @Test func answersOptionsOfTheServerAsAWhole() async throws {
        let answer = try await Self.ask(Self.head("OPTIONS * HTTP/1.1", "Host: a", "Connection: close"))
        #expect(Self.statuses(answer) == [204])
    }

    @Test func keepsTheHeadWithinItsBounds() async throws {
        var bounds = HTTPBounds()
        bounds.headBytesMax = 1_000
        bounds.headFieldsMax = 10
        for lines in [
            ["GET /later?" + String(repeating: "q", count: 1_000) + " HTTP/1.1", "Host: a"],
            ["GET /later HTTP/1.1", "Host: a", String(repeating: "n", count: 1_000) + ": v"],
            ["GET /later HTTP/1.1", "Host: a"] + Array(repeating: "X: y", count: 10),
        ] {
            let answer = try await Self.ask(lines.joined(separator: "\r\n") + "\r\n\r\n", bounds: bounds)
            #expect(Self.statuses(answer) == [431])
            #expect(answer.contains("exceeds 1000 bytes or 10 fields"))
        }
    }

    // MARK: Details of problems

    @Test(arguments: [
        (
            "GET /echo HTTP/1.1\r\nHost: a\r\nX : 1\r\n\r\n", "A header field must be a name, a colon without a space",
            "/echo"
        ),
        ("GET /echo?secret HTTP/2.0\r\nHost: a\r\n\r\n", "A request line must end with HTTP/1.1", "/echo"),
        ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "A request line must end with HTTP/1.1", ""),
        (
            "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n", "A request must have one Content-Length",
            "/echo"
        ),
        ("GET nowhere HTTP/1.1\r\nHost: a\r\n\r\n", "The request target must be a path", ""),
        ("\u{16}\u{3}\u{1}\r\n\r\n", "This is not an HTTP request: expected a method", ""),
    ])
    func saysWhatIsWrongWithBytesThatAreNoRequest(bytes: String, words: String, instance: String) async throws {
        let answer = try await Self.ask(bytes)
        #expect(Self.statuses(answer) == [400])
        #expect(answer.contains("\"detail\":\"\(words)"))
        #expect(answer.contains("\"instance\":\"\(instance)\""))
    }

    // MARK: Fields

    @Test(arguments: ["gzip", "identity, gzip", "x"]) func refusesEncodedBodies(coding: String) async throws {
        let fields = ["POST /echo HTTP/1.1", "Host: a", "Content-Type: text/plain", "Content-Length: 2"]
        let request = (fields + ["Content-Encoding: \(coding)", "Connection: close"]).joined(separator: "\r\n")
        let answer = try await Self.ask(request + "\r\n\r\nhi")
        #expect(Self.statuses(answer) == [415])
        #expect(answer.contains("\r\nAccept-Encoding: identity\r\n"))
        let plain = try await Self.ask(
            request.replacing("Encoding: \(coding)", with: "Encoding: Identity") + "\r\n\r\nhi")
        #expect(Self.statuses(plain) == [200])
    }

    @Test func ignoresWhatAnOldClientExpects() async throws {
        let answer = try await Self.ask(
            Self.head("POST /echo HTTP/1.0", "Content-Type: text/plain", "Content-Length: 2", "Expect: 100-continue")
                + "hi")
        #expect(Self.statuses(answer) == [200])
    }

    @Test(arguments: [
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01", "junk",
    ])
    func beginsANewTraceForOneThatIsNone(trace: String) async throws {
        let request = Self.head("GET /later HTTP/1.1", "Host: a", "traceparent: \(trace)", "Connection: close")
        let answer = try await Self.ask(request)
        let line = try #require(answer.split(separator: "\r\n").first { $0.hasPrefix("traceparent: ") })
        #expect(!line.hasSuffix(trace))
        let parts = line.dropFirst("traceparent: ".count).split(separator: "-")
        #expect(parts.map(\.count) == [2, 32, 16, 2])
        #expect(parts.allSatisfy { $0.allSatisfy(\.isHexDigit) })
        #expect(parts[1...2].allSatisfy { $0.contains { $0 != "0" } })
    }

    // MARK: One connection

    @Test func answersWhatCameBeforeBytesThatAreNoRequest() async throws {
        let later = Self.head("GET /later HTTP/1.1", "Host: a")
        let answer = try await Self.ask(later + later + "garbage\r\n\r\n" + later)
        #expect(Self.statuses(answer) == [200, 200, 400])
        #expect(answer.split(separator: "Connection: close").count == 2, "only the last one closes")
    }

    @Test func goesOnAfterARejectedRequest() async throws {
        let refused = Self.head("POST /echo HTTP/1.1", "Host: a", "Content-Type: text/html", "Content-Length: 2") + "hi"
        let answer = try await Self.ask(refused + Self.head("GET /nowhere HTTP/1.1", "Host: a") + Self.last)
        #expect(Self.statuses(answer) == [415, 404, 200])
    }

    @Test func answersUpgradeRequestsInHTTP() async throws {
        let upgrade = Self.head(
            "GET /later HTTP/1.1", "Host: a", "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13")
        // The bytes after it are of the other protocol and are not buffered.
        let answer = try await Self.ask(upgrade + String(repeating: "\u{1}", count: 1 << 20))
        #expect(Self.statuses(answer) == [200])
        #expect(answer.contains("\r\nConnection: close\r\n"))
    }

    @Test func countsOnlyTheBodyItselfAsProgress() async throws {
        var bounds = HTTPBounds()
        bounds.slowBodySeconds = 1
        let head = Self.head(
            "POST /echo HTTP/1.1", "Host: a", "Content-Type: text/plain", "Transfer-Encoding: chunked")
        let answer = try await Self.ask(head + "1;" + String(repeating: "x", count: 100_000), bounds: bounds)
        #expect(Self.statuses(answer) == [408])
    }

    // MARK: Limits

    @Test func limitsWhatNoOperationAnswersByAddress() async throws {
        let limit = RateLimit(
            name: "requests", burst: 3, refillSeconds: 60, counts: .tries, stage: .head, key: [.caller])
        try await EchoServer.run(limits: [limit]) { port in
            var answers: [String] = []
            for line in ["GET /nowhere", "FOO /echo", "PUT /echo", "GET /nowhere", "GET /later"] {
                let request = Self.head("\(line) HTTP/1.1", "Host: a", "Connection: close")
                answers.append(try await RawConnection.exchange(port: port, sending: Array(request.utf8)))
            }
            #expect(answers.flatMap(Self.statuses) == [404, 405, 405, 429, 200])
            #expect(answers[0].contains("\r\nRateLimit: \"requests\";r=2;t=20\r\n"))
            #expect(answers[3].contains("\r\nRetry-After: 20\r\n"))
        }
    }
}

/// The responses of a connection.
actor Answered {
    private(set) var text = ""
    func set(_ text: String) { self.text = text }
}
