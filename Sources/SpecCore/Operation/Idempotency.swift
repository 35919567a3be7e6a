public import NIOCore

/// An operation whose requests may be repeated under an `Idempotency-Key` (`x-idempotency`).
public struct Idempotency: Sendable, Equatable {
    /// Within what a key is one key.
    public enum Scope: Sendable, Equatable {
        case caller
        /// /24 of an IPv4 address, /56 of an IPv6 address.
        case addressPrefix
    }

    /// How long an answer is kept.
    public let keepSeconds: Int
    public let scope: Scope

    public init(keepSeconds: Int, scope: Scope) {
        self.keepSeconds = keepSeconds
        self.scope = scope
    }
}

extension ProblemCode {
    /// The key stands for a request with another body.
    public static let idempotencyMismatch = ProblemCode(422, "idempotency-mismatch")
    /// The first request with the key is still being worked on.
    public static let idempotencyRunning = ProblemCode(409, "idempotency-running")
}

/// Lets a request do its work only once, however often it comes.
public protocol OnceGate: Sendable {
    /// Takes a piece of what tells the request's body from another.
    func note(_ bytes: ByteBuffer)

    /// The kept answer of an earlier request with this key, or that of `work`.
    /// - Parameter file: the part of the body that was not read yet.
    /// - Throws: ``Problem`` `idempotency-mismatch`, `idempotency-running`, or what `work` throws.
    func answer(
        _ key: String, file: FilePart?, in context: Context, _ work: @Sendable () async throws -> Answer
    ) async throws -> Answer
}

extension Incoming {
    /// The answer of `work`, which is done once for all requests with the same key.
    public func once(
        _ key: String?, file: FilePart? = nil, _ work: @Sendable () async throws -> Answer
    ) async throws -> Answer {
        guard let key, let once else { return try await work() }
        return try await once.answer(key, file: file, in: context, work)
    }
}

/// An answer as it is kept.
public struct KeptAnswer: Sendable, Equatable {
    public let status: Int
    public let fields: HeaderFields
    public let body: [UInt8]

    public init(status: Int, fields: HeaderFields, body: [UInt8]) {
        self.status = status
        self.fields = fields
        self.body = body
    }
}

/// What a request is repeated under.
public struct OnceKey: Sendable, Equatable {
    /// The `operationId`.
    public let operation: String
    /// The caller or the network that the key belongs to.
    public let scope: String
    /// As the client sent it.
    public let name: String

    public init(operation: String, scope: String, name: String) {
        self.operation = operation
        self.scope = scope
        self.name = name
    }
}

/// A key that one request works under.
public struct OnceClaim: Sendable, Equatable {
    public let key: OnceKey
    /// Tells it from an earlier claim of the same key that was given up.
    public let id: Identifier

    public init(_ key: OnceKey, id: Identifier) {
        self.key = key
        self.id = id
    }
}

/// What is known about a key when a request comes with it.
public enum OnceState: Sendable, Equatable {
    /// It is this request's from now on.
    case begun(OnceClaim)
    /// Another request has it and is not answered yet.
    case running
    /// It was answered; `fingerprint` is of the body then.
    case answered(KeptAnswer, fingerprint: [UInt8])
}

/// Keeps the answers of requests that may be repeated, for all nodes and across restarts.
public protocol OnceLog: Sendable {
    /// How long a request may be worked on until its claim is renewed.
    var renewEvery: Duration { get }

    /// Claims the key, or tells what became of it. An answer older than `keepSeconds` is forgotten, and a claim whose
    /// request was never answered is taken over after a while, unless it is renewed.
    func begin(_ key: OnceKey, keepSeconds: Int) async throws -> OnceState

    /// Goes on with a claim.
    /// - Returns: false when another took it over.
    func renew(_ claim: OnceClaim) async throws -> Bool

    /// Keeps the answer of the request that claimed the key, unless another took it over.
    func keep(_ answer: KeptAnswer, digest: [UInt8], for claim: OnceClaim) async throws

    /// Gives the key up, so that the next request with it is a new one.
    func forget(_ claim: OnceClaim) async throws

    /// Whether a body of this digest has the fingerprint.
    func matches(_ fingerprint: [UInt8], digest: [UInt8]) -> Bool
}
