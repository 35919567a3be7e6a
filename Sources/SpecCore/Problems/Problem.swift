/// An error response for the client: RFC 9457 `application/problem+json`.
///
/// Services throw one of the codes that their operation declares; any other error is logged and becomes a 500 without
/// details.
public struct Problem: Error, Sendable, Equatable {
    public let code: ProblemCode
    /// The explanation for people: what happened and what is expected.
    public let detail: String
    /// The rules that the input breaks; only for 400.
    public let violations: [Violation]
    /// True if there are more violations than listed.
    public let isTruncated: Bool
    /// The number of seconds for `Retry-After`; always set for 429 and 503.
    public let retryAfterSeconds: Int?
    /// Header fields that the status requires, such as `Allow`.
    public let fields: HeaderFields

    /// - Parameter detail: what happened; by default the sentence of the code, or the phrase of its status.
    public init(
        _ code: ProblemCode, _ detail: String? = nil, violations: [Violation] = [], isTruncated: Bool = false,
        retryAfterSeconds: Int? = nil, fields: HeaderFields = HeaderFields()
    ) {
        self.code = code
        self.detail = detail ?? code.detail ?? StatusPhrase.of(code.status)
        self.violations = violations
        self.isTruncated = isTruncated
        self.retryAfterSeconds = retryAfterSeconds
        self.fields = fields
    }
}

/// A stable name for a kind of problem, with its status.
///
/// Two codes are equal if status and name are.
public struct ProblemCode: Sendable, Hashable {
    /// The HTTP status, 400 to 599.
    public let status: Int
    /// The `code` member, in kebab-case.
    public let name: String
    /// The sentence that explains it to people; nil if only the place that throws it can tell.
    public let detail: String?

    @inlinable public init(_ status: Int, _ name: String, _ detail: String? = nil) {
        self.status = status
        self.name = name
        self.detail = detail
    }

    @inlinable public static func == (code: ProblemCode, other: ProblemCode) -> Bool {
        code.status == other.status && code.name == other.name
    }

    @inlinable public func hash(into hasher: inout Hasher) {
        hasher.combine(status)
        hasher.combine(name)
    }
}

extension ProblemCode {
    /// The request breaks the published schema; the violations list the places.
    public static let invalid = ProblemCode(400, "invalid-request")
    /// The bytes are not valid HTTP, or not valid JSON.
    public static let malformed = ProblemCode(400, "malformed")
    public static let unauthenticated = ProblemCode(401, "unauthenticated", "Sign in first.")
    public static let tokenExpired = ProblemCode(401, "token-expired")
    public static let forbidden = ProblemCode(403, "forbidden")
    public static let notFound = ProblemCode(404, "not-found")
    public static let methodNotAllowed = ProblemCode(405, "method-not-allowed")
    public static let notAcceptable = ProblemCode(406, "not-acceptable")
    public static let requestTimeout = ProblemCode(408, "request-timeout")
    /// A precondition of the request is not met (RFC 9110, 15.5.13).
    public static let preconditionFailed = ProblemCode(412, "precondition-failed")
    public static let contentTooLarge = ProblemCode(413, "content-too-large")
    public static let unsupportedMediaType = ProblemCode(415, "unsupported-media-type")
    public static let expectationFailed = ProblemCode(417, "expectation-failed")
    public static let rateLimited = ProblemCode(429, "rate-limited")
    public static let headTooLarge = ProblemCode(431, "head-too-large")
    public static let `internal` = ProblemCode(500, "internal")
    public static let notImplemented = ProblemCode(501, "not-implemented")
    public static let unavailable = ProblemCode(503, "unavailable")

    /// The codes that the run time can return for any operation.
    public static let general: Set<ProblemCode> = [
        .invalid, .malformed, .unauthenticated, .tokenExpired, .methodNotAllowed, .notAcceptable, .requestTimeout,
        .contentTooLarge, .unsupportedMediaType, .expectationFailed, .rateLimited, .headTooLarge, .internal,
        .notImplemented, .unavailable,
    ]
}

extension Problem {
    /// The body is longer than its operation allows.
    public static func bodyTooLong(_ bytesMax: Int) -> Problem {
        Problem(.contentTooLarge, "The body of this operation has at most \(bytesMax) bytes.")
    }
}
