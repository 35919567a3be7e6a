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
            let (count, kept) = await (log.count, log.kept)
            #expect(count >= 3)
            #expect(kept == log.claim)
        }
    }
}

/// A log that counts how often the claim was renewed.
private actor RenewedLog: OnceLog {
    nonisolated let renewEvery = Duration.milliseconds(1)
    nonisolated let claim = OnceClaim(OnceKey(operation: "slow", scope: "", name: "k"), id: .make())
    private(set) var count = 0
    private(set) var kept: OnceClaim?
    private var waiting: (count: Int, CheckedContinuation<Void, Never>)?

    func renewals(_ count: Int) async {
        if self.count < count { await withCheckedContinuation { waiting = (count, $0) } }
    }

    func begin(_ key: OnceKey, keepSeconds: Int) -> OnceState { .begun(claim) }

    func renew(_ claim: OnceClaim) -> Bool {
        guard claim == self.claim, kept == nil else { return false }
        count += 1
        if let (wanted, continuation) = waiting, count >= wanted {
            waiting = nil
            continuation.resume()
        }
        return true
    }

    func keep(_ answer: KeptAnswer, digest: [UInt8], for claim: OnceClaim) { kept = claim }
    func forget(_ claim: OnceClaim) {}
    nonisolated func matches(_ fingerprint: [UInt8], digest: [UInt8]) -> Bool { fingerprint == digest }
}
