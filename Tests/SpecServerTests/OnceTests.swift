import SpecCore
import TestSupport
import Testing

/// Requests under an `Idempotency-Key` that take their time.
@Suite struct OnceTests {
    @Test func renewsTheClaimAsLongAsTheWorkGoesOn() async throws {
        let log = RenewedLog()
        let operation = Operation(
            id: "slow", method: .post, path: "/slow", idempotency: Idempotency(keepSeconds: 60, scope: .addressPrefix))
        let slow = Endpoint(operation) { incoming in
            try await incoming.once("k") {
                // Ends only when the claim has been renewed.
                await log.renewals(3)
                return Answer(204)
            }
        }
        try await EchoServer.run(more: [slow], onceLog: log) { port in
            let request = "POST /slow HTTP/1.1\r\nHost: a\r\nIdempotency-Key: k\r\nConnection: close\r\n\r\n"
            let answer = try await RawConnection.exchange(port: port, sending: Array(request.utf8))
            #expect(answer.hasPrefix("HTTP/1.1 204 "))
            let (begun, kept) = await (log.begun, log.kept)
            #expect(begun.milliseconds >= 3)
            #expect(kept == begun, "the answer is kept under the last claim")
        }
    }
}

/// A log that counts how often the claim was renewed.
private actor RenewedLog: OnceLog {
    nonisolated let renewEvery = Duration.milliseconds(1)
    private(set) var begun = Timestamp(milliseconds: 0)
    private(set) var kept: Timestamp?
    private var waiting: (count: Int, CheckedContinuation<Void, Never>)?

    func renewals(_ count: Int) async {
        if begun.milliseconds < count { await withCheckedContinuation { waiting = (count, $0) } }
    }

    func begin(_ key: OnceKey, keepSeconds: Int) -> OnceState { .begun(begun) }

    func renew(_ key: OnceKey, begun: Timestamp) -> Timestamp? {
        guard begun == self.begun, kept == nil else { return nil }
        self.begun = Timestamp(milliseconds: begun.milliseconds + 1)
        if let (count, continuation) = waiting, self.begun.milliseconds >= count {
            waiting = nil
            continuation.resume()
        }
        return self.begun
    }

    func keep(_ answer: KeptAnswer, digest: [UInt8], for key: OnceKey, begun: Timestamp) { kept = begun }
    func forget(_ key: OnceKey, begun: Timestamp) {}
    nonisolated func matches(_ fingerprint: [UInt8], digest: [UInt8]) -> Bool { fingerprint == digest }
}
