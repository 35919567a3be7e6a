import Glibc
import SpecServer
import TestSupport
import Testing

/// Limits of connections per address.
@Suite(.serialized, .timeLimit(.minutes(10))) struct ConnectionBoundTests {
    /// Raises the limit of open files: a client and a server in one process need two per connection.
    private static func allowFiles() {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        limit.rlim_cur = min(limit.rlim_max, 8_192)
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

    private static let request = Request("GET", "/later")

    /// Opens connections that send a request each, hold until the gate opens, and send another.
    private static func hold(_ count: Int, _ port: Int, _ gate: Gate) async throws -> [Int] {
        try await withThrowingTaskGroup(of: [Int].self) { group in
            for _ in 0..<count {
                group.addTask {
                    try await HTTPConnection.open(port: port) { exchange in
                        let first = try await exchange.send(request).status
                        await gate.pass()
                        return [first, try await exchange.send(request).status]
                    }
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
    }

    @Test func servesAThousandOfOneAddressAtOnce() async throws {
        Self.allowFiles()
        try await EchoServer.run { port in
            let gate = Gate(opensAt: 1_000)
            let statuses = try await Self.hold(1_000, port, gate)
            #expect(statuses == Array(repeating: 200, count: 2_000))
        }
    }

    @Test func hasRoomForTwoThousandOfOneAddress() {
        #expect(HTTPBounds().connectionsPerAddressMax == 2_000)
    }

    @Test func closesOneMoreThanTheBoundWhileTheOthersGoOn() async throws {
        var bounds = HTTPBounds()
        bounds.connectionsPerAddressMax = 50
        try await EchoServer.run(bounds: bounds) { port in
            // The last to pass is the one that was rejected.
            let gate = Gate(opensAt: 51)
            async let held = Self.hold(50, port, gate)
            await gate.waitFor(50)
            let bytes = Array("GET /later HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".utf8)
            let refused = try? await RawConnection.exchange(port: port, sending: bytes)
            #expect(refused ?? "" == "")
            await gate.pass()
            let statuses = try await held
            #expect(statuses == Array(repeating: 200, count: 100))
            // There is room again once they are closed, which the server notices a little later.
            var answer = ""
            for _ in 0..<100 where !answer.hasPrefix("HTTP/1.1 200 ") {
                answer = (try? await RawConnection.exchange(port: port, sending: bytes)) ?? ""
            }
            #expect(answer.hasPrefix("HTTP/1.1 200 "))
        }
    }
}

/// A barrier that opens when enough callers wait.
private struct Gate: Sendable {
    let opensAt: Int
    private let callers = EventCounter()

    init(opensAt: Int) {
        self.opensAt = opensAt
    }

    func pass() async {
        callers.add()
        await waitFor(opensAt)
    }

    func waitFor(_ needed: Int) async { await callers.wait(for: needed) }
}
