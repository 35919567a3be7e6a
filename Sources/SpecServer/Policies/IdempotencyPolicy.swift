import Logging
import NIOCore
import SpecCore

/// Runs the handler once per `Idempotency-Key`: later requests with the key get the stored response.
struct IdempotencyPolicy: Policy {
    private let store: any IdempotencyStore
    private let logger: Logger

    init(store: any IdempotencyStore, logger: Logger) {
        self.store = store
        self.logger = logger
    }

    func hooks(for operation: Operation?) -> PolicyHooks {
        operation?.idempotency == nil ? [] : [.beforeBody, .aroundHandler]
    }

    /// Begins the fingerprint that the body is added to while it is decoded.
    func beforeBody(_ exchange: inout Exchange) async throws {
        guard exchange.head.fields["idempotency-key"] != nil else { return }
        exchange.fingerprint = RequestFingerprint(target: exchange.head.target)
    }

    /// - Throws: ``Problem`` `idempotency-mismatch`, `idempotency-running`, or what the handler throws.
    func aroundHandler(
        _ exchange: inout Exchange, _ input: PolicyInput,
        _ next: (inout Exchange) async throws -> OperationResponse
    ) async throws -> OperationResponse {
        guard let name = input.idempotencyKey, let fingerprint = exchange.fingerprint,
            let operation = exchange.operation, let idempotency = operation.idempotency
        else { return try await next(&exchange) }
        let key = IdempotencyKey(operation: operation.id, scope: scope(idempotency, exchange), name: name)
        let caller = idempotency.scope == .caller ? exchange.caller?.subject : nil
        switch try await store.begin(key, user: caller, keepSeconds: idempotency.keepSeconds) {
        case .begun(let lease):
            var logger = logger
            logger[metadataKey: "requestId"] = .string(exchange.requestID)
            let first = FirstRequest(
                store: store, lease: lease, fingerprint: fingerprint, file: input.file, caller: caller, logger: logger)
            return try await first.run(&exchange, next)
        case .running:
            throw Problem(
                .idempotencyRunning, "A request with this Idempotency-Key is still in progress.",
                retryAfterSeconds: 1)
        case .completed(let stored, let earlier):
            while try await input.file?.next() != nil {}
            guard store.matches(earlier, digest: fingerprint.digest) else {
                throw Problem(
                    .idempotencyMismatch, "This Idempotency-Key was used with a different request; use a new key.")
            }
            return try await replay(stored, input)
        }
    }

    /// Returns the stored response, with the body as it is now if it is made anew.
    private func replay(_ stored: StoredResponse, _ input: PolicyInput) async throws -> OperationResponse {
        var response = stored.replay
        if let subject = stored.subject, let reload = input.reload {
            let fresh = try await reload(subject)
            response.body = fresh.body
            response.signedURLs = fresh.signedURLs
        }
        return response
    }

    private func scope(_ idempotency: Idempotency, _ exchange: Exchange) -> String {
        switch idempotency.scope {
        case .caller: exchange.caller?.subject.description ?? exchange.address
        case .addressPrefix: AddressPrefix.of(exchange.address)
        }
    }
}

/// The first request with a key: it holds the lease while its handler runs, and stores the response before the client
/// sees it.
private struct FirstRequest: Sendable {
    let store: any IdempotencyStore
    let lease: IdempotencyLease
    let fingerprint: RequestFingerprint
    let file: FilePart?
    /// The caller, if the key is the caller's own.
    let caller: Identifier?
    let logger: Logger

    func run(
        _ exchange: inout Exchange, _ next: (inout Exchange) async throws -> OperationResponse
    ) async throws -> OperationResponse {
        do {
            let response = try await renewing(&exchange, next)
            await settle(response)
            return response
        } catch let problem as Problem {
            await settle(.problem(problem, instance: exchange.head.path, requestID: exchange.requestID))
            throw problem
        } catch {
            await settle(nil)
            throw error
        }
    }

    /// Runs the handler and renews the lease meanwhile, so that a slow body does not lose it.
    private func renewing(
        _ exchange: inout Exchange, _ next: (inout Exchange) async throws -> OperationResponse
    ) async throws -> OperationResponse {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await self.renew() }
            defer { group.cancelAll() }
            return try await next(&exchange)
        }
    }

    private func renew() async {
        while (try? await Task.sleep(for: store.renewEvery)) != nil {
            guard await isRenewed() else { return }
        }
    }

    /// Renews the lease; returns false if another request holds it. After a failure of the store, the next renewal may
    /// succeed.
    private func isRenewed() async -> Bool {
        do {
            return try await store.renew(lease)
        } catch {
            logger.warning("the lease of an Idempotency-Key could not be renewed: \(error)")
            return true
        }
    }

    /// Stores the response or releases the lease. The work is done in any case, so a failure of the store is only
    /// logged.
    private func settle(_ response: OperationResponse?) async {
        do {
            // A file that was not read to its end has no fingerprint.
            let stored = response.flatMap { StoredResponse(storing: $0, caller: caller) }
            if let stored, await file?.isAtEnd ?? true {
                try await store.keep(stored, digest: fingerprint.digest, for: lease)
            } else {
                try await store.forget(lease)
            }
        } catch {
            logger.warning("the response to an Idempotency-Key could not be stored: \(error)")
        }
    }
}

extension StoredResponse {
    /// Statuses of problems that depend on the moment, not on the request; they are not stored.
    private static let passing: Set = [401, 408, 413, 429]

    /// Fails for a response that is not stored.
    /// - Parameter caller: the user that the response belongs to, unless it names one itself.
    fileprivate init?(storing response: OperationResponse, caller: Identifier?) {
        guard response.status < 500, !Self.passing.contains(response.status) else { return nil }
        var fields = response.fields
        if let type = response.contentType { fields.append("Content-Type", "\(type)") }
        let (subject, user) = (response.origin?.subject, response.origin?.user ?? caller)
        switch response.body {
        case .empty: self.init(status: response.status, fields: fields, body: [], subject: subject, user: user)
        case .bytes(let bytes):
            let body = subject == nil ? Array(bytes.readableBytesView) : []
            let signedURLs = subject == nil ? response.signedURLs : nil
            self.init(
                status: response.status, fields: fields, body: body, subject: subject, user: user,
                signedURLs: signedURLs)
        case .stream: return nil
        }
    }

    fileprivate var replay: OperationResponse {
        let bytes: OperationResponse.Body = body.isEmpty ? .empty : .bytes(ByteBuffer(bytes: body))
        return OperationResponse(
            status, fields: fields.adding("Idempotency-Replayed", "true"), body: bytes, signedURLs: signedURLs)
    }
}
