/// An operation whose requests may be repeated under an `Idempotency-Key` (`x-idempotency`).
public struct Idempotency: Sendable, Equatable {
    /// The scope in which an idempotency key is unique.
    public enum Scope: Sendable, Equatable {
        case caller
        /// /24 of an IPv4 address, /56 of an IPv6 address.
        case addressPrefix
    }

    /// The number of seconds that a response is stored.
    public let keepSeconds: Int
    public let scope: Scope

    public init(keepSeconds: Int, scope: Scope) {
        self.keepSeconds = keepSeconds
        self.scope = scope
    }
}

extension ProblemCode {
    /// The key was used with another body.
    public static let idempotencyMismatch = ProblemCode(422, "idempotency-mismatch")
    /// The first request with the key is still in progress.
    public static let idempotencyRunning = ProblemCode(409, "idempotency-running")
}

/// A response as stored for an idempotency key.
public struct StoredResponse: Sendable, Equatable {
    public let status: Int
    public let fields: HeaderFields
    /// The bytes; empty if the body is made anew from ``subject``.
    public var body: [UInt8]
    /// The id that the body was made from, if it is made anew for each replay (`body: reload`).
    public var subject: Identifier?
    /// The user that the response belongs to: it is deleted with the user's account.
    public var user: Identifier?

    /// The URLs in ``body`` that each replay signs anew; nil if there are none.
    public var signedURLs: SignedURLs?

    public init(
        status: Int, fields: HeaderFields, body: [UInt8], subject: Identifier? = nil, user: Identifier? = nil,
        signedURLs: SignedURLs? = nil
    ) {
        self.status = status
        self.fields = fields
        self.body = body
        self.subject = subject
        self.user = user
        self.signedURLs = signedURLs
    }
}

/// An idempotency key within its operation and scope.
public struct IdempotencyKey: Sendable, Equatable {
    /// The `operationId`.
    public let operation: String
    /// The caller or the network that the key belongs to.
    public let scope: String
    /// The `Idempotency-Key` as sent by the client.
    public let name: String

    public init(operation: String, scope: String, name: String) {
        self.operation = operation
        self.scope = scope
        self.name = name
    }
}

/// Exclusive use of an idempotency key by one request.
public struct IdempotencyLease: Sendable, Equatable {
    public let key: IdempotencyKey
    /// The id of the lease, which differs from that of an earlier, abandoned lease of the same key.
    public let id: Identifier

    public init(_ key: IdempotencyKey, id: Identifier) {
        self.key = key
        self.id = id
    }
}

/// The state of an idempotency key when a request arrives.
public enum IdempotencyState: Sendable, Equatable {
    /// The key is new; this request now holds the lease.
    case begun(IdempotencyLease)
    /// Another request holds the lease and has no response yet.
    case running
    /// The key has a stored response; `fingerprint` is of the body it was stored for.
    case completed(StoredResponse, fingerprint: [UInt8])
}

/// Stores the responses of idempotent requests, for all nodes and across restarts.
public protocol IdempotencyStore: Sendable {
    /// The interval in which a lease must be renewed while its request is in progress.
    var renewEvery: Duration { get }

    /// Acquires the lease of a key, or returns its state. A response older than `keepSeconds` is deleted, and a lease
    /// without a response that is not renewed expires and can be taken over.
    /// - Parameter user: the user that the key belongs to: what is stored for it goes with the account.
    func begin(_ key: IdempotencyKey, user: Identifier?, keepSeconds: Int) async throws -> IdempotencyState

    /// Renews a lease.
    /// - Returns: false if another request took it over.
    func renew(_ lease: IdempotencyLease) async throws -> Bool

    /// Stores the response of the request that holds the lease, unless another request took it over.
    func keep(_ response: StoredResponse, digest: [UInt8], for lease: IdempotencyLease) async throws

    /// Releases the key, so that the next request with it is a new one.
    func forget(_ lease: IdempotencyLease) async throws

    /// True if a body with this digest has the fingerprint.
    func matches(_ fingerprint: [UInt8], digest: [UInt8]) -> Bool
}
