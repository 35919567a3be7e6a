/// What the run time needs to know about an operation of the spec before its input is read.
///
/// A class, so that handing it along costs one reference.
public final class Operation: Sendable {
    /// The `operationId`.
    public let id: String
    public let method: Method
    /// The path template: `/messages/{messageId}`.
    public let path: String
    /// The alternatives of which one must hold; none: anybody.
    public let security: [SecurityAlternative]
    /// The media types of the body, in lower case; empty: the operation has no body.
    public let consumes: [String]
    /// The media types of the answers, in lower case.
    public let produces: [String]
    /// The longest body in bytes.
    public let bodyBytesMax: Int
    public let isBodyRequired: Bool
    public let limits: [RateLimit]
    /// The header fields that the operation reads, in lower case.
    public let headers: [String]
    /// What a repeated request is known by; nil: each is a new one.
    public let idempotency: Idempotency?
    /// The problem codes that the operation declares, beside ``ProblemCode/general``.
    public let problems: Set<ProblemCode>

    public init(
        id: String, method: Method, path: String, security: [SecurityAlternative] = [], consumes: [String] = [],
        produces: [String] = [], bodyBytesMax: Int = 0, isBodyRequired: Bool = false, limits: [RateLimit] = [],
        headers: [String] = [], idempotency: Idempotency? = nil, problems: Set<ProblemCode> = []
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
        self.problems = problems
    }

    /// Whether a query parameter of that name is a credential.
    func isCredential(_ name: String) -> Bool {
        security.contains { $0.schemes.contains { $0.carrier == .query(name) } }
    }
}
