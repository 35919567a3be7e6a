import NIOCore
import SpecCore
import TestSupport
import Testing

/// Responses that are stored for an `Idempotency-Key`, and requests that get them.
@Suite(.serialized, .timeLimit(.minutes(10))) struct IdempotencyRuleTests {
    /// An operation that counts its runs and responds with the status that the body names.
    private actor Counter {
        private(set) var runs = 0
        func run() -> Int {
            runs += 1
            return runs
        }
    }

    private static func run(
        _ body:
            @escaping @Sendable (
                _ counted: @Sendable () async -> Int, _ send: @Sendable (String, String) async throws -> String
            ) async throws -> Void
    ) async throws {
        let counter = Counter()
        let operation = Operation(
            id: "count", method: .post, path: "/count", consumes: ["text/plain"], produces: ["text/plain"],
            bodyBytesMax: 100, isBodyRequired: true,
            idempotency: Idempotency(keepSeconds: 60, scope: .addressPrefix))
        let count = Endpoint(
            operation,
            decode: { request -> Int in
                let bytes = try await request.body.collect(upTo: 100)
                request.fingerprint?.add(bytes)
                let text = String(buffer: bytes)
                return Int(text.prefix(3)) ?? 0
            },
            policyInput: { _ in PolicyInput(idempotencyKey: "k") },
            handle: { status, _ in
                let run = await counter.run()
                if status == 500 { throw StoreError.failed("no") }
                if status >= 400 { throw Problem(ProblemCode(status, "refused"), "No.") }
                return OperationResponse(status, contentType: "text/plain", body: .bytes(ByteBuffer(string: "\(run)")))
            }, encode: { $0 })
        try await EchoServer.run(more: [count], idempotencyStore: MemoryIdempotencyStore()) { port in
            try await body({ await counter.runs }) { target, text in
                let request =
                    "POST \(target) HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\nIdempotency-Key: k\r\n"
                    + "Content-Length: \(text.utf8.count)\r\nConnection: close\r\n\r\n\(text)"
                return try await RawConnection.exchange(port: port, sending: Array(request.utf8))
            }
        }
    }

    @Test(arguments: [200, 201, 400, 403, 404, 409, 412, 422]) func replaysResponsesThatDependOnTheRequest(status: Int)
        async throws
    {
        try await Self.run { runs, send in
            let first = try await send("/count", "\(status)")
            #expect(first.hasPrefix("HTTP/1.1 \(status) "))
            #expect(!first.contains("Idempotency-Replayed"))
            let second = try await send("/count", "\(status)")
            #expect(second.hasPrefix("HTTP/1.1 \(status) "))
            #expect(second.contains("Idempotency-Replayed: true\r\n"))
            #expect(await runs() == 1)
        }
    }

    @Test(arguments: [401, 408, 413, 429, 500, 503]) func storesNoResponseThatDependsOnTheMoment(status: Int)
        async throws
    {
        try await Self.run { runs, send in
            for count in 1...2 {
                let answer = try await send("/count", "\(status)")
                #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
                #expect(!answer.contains("Idempotency-Replayed"))
                #expect(await runs() == count)
            }
        }
    }

    @Test(arguments: [("/count", "200 other"), ("/count?x=1", "200")])
    func refusesTheKeyForAnotherRequest(target: String, text: String) async throws {
        try await Self.run { runs, send in
            _ = try await send("/count", "200")
            let answer = try await send(target, text)
            #expect(answer.hasPrefix("HTTP/1.1 422 "))
            #expect(answer.contains(#""code":"idempotency-mismatch""#))
            #expect(await runs() == 1)
        }
    }
}

/// Stored responses in the memory of a test.
private actor MemoryIdempotencyStore: IdempotencyStore {
    nonisolated let renewEvery = Duration.seconds(60)
    private var stored: (response: StoredResponse, digest: [UInt8])?
    private var lease: IdempotencyLease?

    func begin(_ key: IdempotencyKey, user: Identifier?, keepSeconds: Int) -> IdempotencyState {
        if let stored { return .completed(stored.response, fingerprint: stored.digest) }
        if lease != nil { return .running }
        let begun = IdempotencyLease(key, id: .make())
        lease = begun
        return .begun(begun)
    }

    func renew(_ lease: IdempotencyLease) -> Bool { lease == self.lease }

    func keep(_ response: StoredResponse, digest: [UInt8], for lease: IdempotencyLease) {
        stored = (response, digest)
        self.lease = nil
    }

    func forget(_ lease: IdempotencyLease) { self.lease = nil }
    nonisolated func matches(_ fingerprint: [UInt8], digest: [UInt8]) -> Bool { fingerprint == digest }
}
