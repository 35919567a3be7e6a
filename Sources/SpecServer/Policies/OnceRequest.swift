import Crypto
import Logging
import NIOConcurrencyHelpers
import NIOCore
import SpecCore

/// One request under an `Idempotency-Key`: does the work, or replays what it was answered before.
final class OnceRequest: OnceGate {
    private let idempotency: Idempotency
    private let log: any OnceLog
    private let path: String
    private let address: String
    private let hash: NIOLockedValueBox<SHA256>

    init(_ idempotency: Idempotency, log: any OnceLog, request: DoorRequest) {
        self.idempotency = idempotency
        self.log = log
        path = request.path
        address = request.address
        var hash = SHA256()
        let target = request.head.target
        hash.update(data: Array("\(target.utf8.count):\(target)".utf8))
        self.hash = NIOLockedValueBox(hash)
    }

    func note(_ bytes: ByteBuffer) {
        hash.withLockedValue { hash in bytes.withUnsafeReadableBytes { hash.update(bufferPointer: $0) } }
    }

    private var digest: [UInt8] { Array(hash.withLockedValue { $0.finalize() }) }

    func answer(
        _ name: String, file: FilePart?, in context: Context, _ work: @Sendable () async throws -> Answer
    ) async throws -> Answer {
        let key = OnceKey(operation: context.operation.id, scope: scope(context), name: name)
        switch try await log.begin(key, keepSeconds: idempotency.keepSeconds) {
        case .begun(let claim): return try await first(claim, file, context, work)
        case .running:
            throw Problem(
                .idempotencyRunning, "A request with this Idempotency-Key is still being worked on.",
                retryAfterSeconds: 1)
        case .answered(let kept, let fingerprint):
            while try await file?.next() != nil {}
            guard log.matches(fingerprint, digest: digest) else {
                throw Problem(
                    .idempotencyMismatch, "This Idempotency-Key stands for another request; a new one needs its own.")
            }
            return replay(kept)
        }
    }

    private func scope(_ context: Context) -> String {
        switch idempotency.scope {
        case .caller: context.caller?.subject.description ?? context.address
        case .addressPrefix: AddressPrefix.of(address)
        }
    }

    private func replay(_ kept: KeptAnswer) -> Answer {
        let body: Answer.Body = kept.body.isEmpty ? .empty : .bytes(ByteBuffer(bytes: kept.body))
        return Answer(kept.status, fields: kept.fields.adding("Idempotency-Replayed", "true"), body: body)
    }

    // MARK: The first request

    private func first(
        _ claim: OnceClaim, _ file: FilePart?, _ context: Context, _ work: @Sendable () async throws -> Answer
    ) async throws -> Answer {
        do {
            let answer = try await renewing(claim, context, work)
            await settle(answer, claim, file, context)
            return answer
        } catch let problem as Problem {
            let answer = Answer.problem(problem, instance: path, requestID: context.requestID)
            await settle(answer, claim, file, context)
            throw problem
        } catch {
            await settle(nil, claim, file, context)
            throw error
        }
    }

    /// Does the work; a body that takes its time keeps its claim.
    private func renewing(
        _ claim: OnceClaim, _ context: Context, _ work: @Sendable () async throws -> Answer
    ) async throws -> Answer {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await self.renew(claim, context) }
            defer { group.cancelAll() }
            return try await work()
        }
    }

    private func renew(_ claim: OnceClaim, _ context: Context) async {
        while (try? await Task.sleep(for: log.renewEvery)) != nil {
            guard await isRenewed(claim, context) else { return }
        }
    }

    /// False when the claim is another's. A log that fails now may not the next time.
    private func isRenewed(_ claim: OnceClaim, _ context: Context) async -> Bool {
        do {
            return try await log.renew(claim)
        } catch {
            context.logger.warning("the claim of an Idempotency-Key could not be renewed: \(error)")
            return true
        }
    }

    /// The work is done whatever happens here, so a log that fails is noted and no more.
    private func settle(
        _ answer: Answer?, _ claim: OnceClaim, _ file: FilePart?, _ context: Context
    ) async {
        do {
            // The fingerprint of a file that was not read to its end is none.
            if let kept = answer.flatMap(kept), await file?.isAtEnd ?? true {
                try await log.keep(kept, digest: digest, for: claim)
            } else {
                try await log.forget(claim)
            }
        } catch {
            context.logger.warning("the answer to an Idempotency-Key could not be kept: \(error)")
        }
    }

    /// Refusals that say nothing about the request itself are not kept.
    private static let passing: Set = [401, 408, 413, 429]

    private func kept(_ answer: Answer) -> KeptAnswer? {
        guard answer.status < 500, !Self.passing.contains(answer.status) else { return nil }
        var fields = answer.fields
        if let type = answer.contentType { fields.append("Content-Type", "\(type)") }
        switch answer.body {
        case .empty: return KeptAnswer(status: answer.status, fields: fields, body: [])
        case .bytes(let bytes):
            return KeptAnswer(status: answer.status, fields: fields, body: Array(bytes.readableBytesView))
        case .stream: return nil
        }
    }
}
