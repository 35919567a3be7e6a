/// Metadata of an operation.
///
/// A class, so that passing it on costs one reference.
public final class Operation: Sendable {
    /// The `operationId`.
    public let id: String
    public let method: Method
    /// The path template: `/messages/{messageId}`.
    public let path: String
    /// The security requirements, of which one must be met; empty: anonymous requests are allowed.
    public let security: [SecurityAlternative]
    /// The media types of the request body, in lower case; empty: the operation has no body.
    public let consumes: [String]
    /// The media types of the responses, in lower case.
    public let produces: [String]
    /// The maximum length of the body in bytes.
    public let bodyBytesMax: Int
    public let isBodyRequired: Bool
    public let limits: [RateLimit]
    /// The names of the header fields that the operation reads, in lower case.
    public let headers: [String]
    /// The idempotency settings; nil: `Idempotency-Key` is not supported.
    public let idempotency: Idempotency?
    /// True if its responses can hold signed URLs (`x-signed`).
    public let signsURLs: Bool
    /// The problem codes that the operation declares, besides ``ProblemCode/general``.
    public let problems: Set<ProblemCode>

    public init(
        id: String, method: Method, path: String, security: [SecurityAlternative] = [], consumes: [String] = [],
        produces: [String] = [], bodyBytesMax: Int = 0, isBodyRequired: Bool = false, limits: [RateLimit] = [],
        headers: [String] = [], idempotency: Idempotency? = nil, signsURLs: Bool = false,
        problems: Set<ProblemCode> = []
    ) {
        self.id = id
        self.method = method
        self.path = path
        self.security = security
        self.consumes = consumes
        self.produces = produces
        self.bodyBytesMax = bodyBytesMax
        self.isBodyRequired = isBodyRequired
        self.limits = limits
        self.headers = headers
        self.idempotency = idempotency
        self.signsURLs = signsURLs
        self.problems = problems
    }

    /// True if the query parameter with this name is a credential.
    func isCredential(_ name: String) -> Bool {
        security.contains { $0.schemes.contains { $0.carrier == .query(name) } }
    }
}
