/// A refusal that the client may see: RFC 9457 `application/problem+json`.
///
/// Services throw one of the codes that their operation declares; everything else that is thrown is logged and
/// shown as a bare 500.
public struct Problem: Error, Sendable, Equatable {
    public let code: ProblemCode
    /// What happened and what would be right, for a person.
    public let detail: String
    /// The rules that the input broke; only for 400.
    public let violations: [Violation]
    /// Whether there were more violations than are listed.
    public let isTruncated: Bool
    /// Seconds, for `Retry-After`; always set for 429 and 503.
    public let retryAfterSeconds: Int?
    /// Fields that the status asks for, such as `Allow`.
    public let fields: HeaderFields

    public init(
        _ code: ProblemCode, _ detail: String, violations: [Violation] = [], isTruncated: Bool = false,
        retryAfterSeconds: Int? = nil, fields: HeaderFields = HeaderFields()
    ) {
        self.code = code
        self.detail = detail
        self.violations = violations
        self.isTruncated = isTruncated
        self.retryAfterSeconds = retryAfterSeconds
        self.fields = fields
    }
}

/// A stable name for a kind of refusal, with its status.
public struct ProblemCode: Sendable, Hashable {
    /// The HTTP status, 400 to 599.
    public let status: Int
    /// The `code` member, in kebab-case.
    public let name: String

    @inlinable public init(_ status: Int, _ name: String) {
        self.status = status
        self.name = name
    }
}

extension ProblemCode {
    /// The request breaks the published schema; the violations say where.
    public static let invalid = ProblemCode(400, "invalid-request")
    /// The bytes are no HTTP, or no JSON.
    public static let malformed = ProblemCode(400, "malformed")
    public static let unauthenticated = ProblemCode(401, "unauthenticated")
    public static let tokenExpired = ProblemCode(401, "token-expired")
    public static let forbidden = ProblemCode(403, "forbidden")
    public static let notFound = ProblemCode(404, "not-found")
    public static let methodNotAllowed = ProblemCode(405, "method-not-allowed")
    public static let notAcceptable = ProblemCode(406, "not-acceptable")
    public static let requestTimeout = ProblemCode(408, "request-timeout")
    /// Not the state that the request names (RFC 9110, 15.5.13).
    public static let preconditionFailed = ProblemCode(412, "precondition-failed")
    public static let contentTooLarge = ProblemCode(413, "content-too-large")
    public static let unsupportedMediaType = ProblemCode(415, "unsupported-media-type")
    public static let expectationFailed = ProblemCode(417, "expectation-failed")
    public static let rateLimited = ProblemCode(429, "rate-limited")
    public static let headTooLarge = ProblemCode(431, "head-too-large")
    public static let `internal` = ProblemCode(500, "internal")
    public static let notImplemented = ProblemCode(501, "not-implemented")
    public static let unavailable = ProblemCode(503, "unavailable")

    /// The codes that the run time itself may answer on any operation.
    public static let general: Set<ProblemCode> = [
        .invalid, .malformed, .unauthenticated, .tokenExpired, .methodNotAllowed, .notAcceptable, .requestTimeout,
        .contentTooLarge, .unsupportedMediaType, .expectationFailed, .rateLimited, .headTooLarge, .internal,
        .notImplemented, .unavailable,
    ]
}

extension Problem {
    /// The body is longer than its operation takes.
    public static func bodyTooLong(_ bytesMax: Int) -> Problem {
        Problem(.contentTooLarge, "The body of this operation has at most \(bytesMax) bytes.")
    }
}
