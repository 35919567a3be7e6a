public import NIOCore

/// The values of an operation's input that policies need; generated code hands them over.
public struct PolicyInput: Sendable {
    /// The keys of the rate limits of the stage ``RateLimit/Stage/input``, in the order of the operation: for each limit
    /// the members of the body that are parts of its key, or nil if it does not apply to this request.
    public let limitKeys: [[String]?]
    /// The `Idempotency-Key`; nil if the client sent none.
    public let idempotencyKey: String?
    /// The file of a form, which is not read yet.
    public let file: FilePart?
    /// Makes a stored response anew from the id behind it (`body: reload`).
    public var reload: (@Sendable (Identifier) async throws -> OperationResponse)?

    public init(limitKeys: [[String]?] = [], idempotencyKey: String? = nil, file: FilePart? = nil) {
        self.limitKeys = limitKeys
        self.idempotencyKey = idempotencyKey
        self.file = file
    }
}

/// A fingerprint of a request's body, by which a repeated request is recognized.
public protocol BodyFingerprint: Sendable {
    /// Adds a piece of the body; a form is added part by part, without its boundaries.
    func add(_ bytes: ByteBuffer)
}
