import SpecCore
import TestSupport
import Testing

/// Slow requests with an `Idempotency-Key`.
@Suite(.timeLimit(.minutes(10))) struct IdempotencyTests {
    @Test func renewsTheClaimAsLongAsTheWorkGoesOn() async throws {
        let log = RenewedLog()
        let operation = Operation(
            id: "slow", method: .post, path: "/slow", idempotency: Idempotency(keepSeconds: 60, scope: .addressPrefix))
        let slow = Endpoint(
            operation, decode: { $0 }, policyInput: { _ in PolicyInput(idempotencyKey: "k") },
            handle: { _, _ in
                // Ends only when the lease has been renewed.
                await log.renewals.wait(for: 3)
                return OperationResponse(204)
            }, encode: { $0 })
        try await EchoServer.run(more: [slow], idempotencyStore: log) { port in
            let request = "POST /slow HTTP/1.1\r\nHost: a\r\nIdempotency-Key: k\r\nConnection: close\r\n\r\n"
            let answer = try await RawConnection.exchange(port: port, sending: Array(request.utf8))
            #expect(answer.hasPrefix("HTTP/1.1 204 "))
            let (count, kept) = await (log.renewals.count, log.kept)
            #expect(count >= 3)
            #expect(kept == log.claim)
        }
    }
}

/// An idempotency store that counts renewals of the lease.
private actor RenewedLog: IdempotencyStore {
    nonisolated let renewEvery = Duration.milliseconds(1)
    nonisolated let claim = IdempotencyLease(IdempotencyKey(operation: "slow", scope: "", name: "k"), id: .make())
    nonisolated let renewals = EventCounter()
    private(set) var kept: IdempotencyLease?

    func begin(_ key: IdempotencyKey, user: Identifier?, keepSeconds: Int) -> IdempotencyState { .begun(claim) }

    func renew(_ claim: IdempotencyLease) -> Bool {
        guard claim == self.claim, kept == nil else { return false }
        renewals.add()
        return true
    }

    func keep(_ response: StoredResponse, digest: [UInt8], for claim: IdempotencyLease) { kept = claim }
    func forget(_ claim: IdempotencyLease) {}
    nonisolated func matches(_ fingerprint: [UInt8], digest: [UInt8]) -> Bool { fingerprint == digest }
}
