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

    /// Writes the members of RFC 9457 and ours: `code`, `requestId`, `errors`, `truncated`.
    public func write(to json: inout JSONWriter, instance: String, requestID: String) {
        json.beginObject()
        json.key("type")
        json.text("about:blank")
        json.key("title")
        json.text(StatusPhrase.of(code.status))
        json.key("status")
        json.integer(code.status)
        json.key("detail")
        json.text(detail)
        json.key("instance")
        json.text(instance)
        json.key("code")
        json.text(code.name)
        json.key("requestId")
        json.text(requestID)
        // Every 400 lists what is wrong; bytes that could not be read are wrong as a whole.
        if !violations.isEmpty {
            write(violations, to: &json)
        } else if code.status == 400 {
            write([Violation(.pointer(""), code.name, detail)], to: &json)
        }
        json.endObject()
    }

    private func write(_ violations: [Violation], to json: inout JSONWriter) {
        json.key("errors")
        json.beginArray()
        for violation in violations {
            json.element()
            violation.write(to: &json)
        }
        json.endArray()
        if isTruncated {
            json.key("truncated")
            json.bool(true)
        }
    }
}

/// The reason phrases of RFC 9110.
public enum StatusPhrase {
    /// The phrase of a status; of its class where the status is unknown.
    public static func of(_ status: Int) -> String {
        phrases[status] ?? (status < 400 ? "OK" : status < 500 ? "Bad Request" : "Internal Server Error")
    }

    private static let phrases: [Int: String] = [
        100: "Continue", 101: "Switching Protocols", 200: "OK", 201: "Created", 202: "Accepted",
        203: "Non-Authoritative Information", 204: "No Content", 205: "Reset Content", 206: "Partial Content",
        300: "Multiple Choices", 301: "Moved Permanently", 302: "Found", 303: "See Other", 304: "Not Modified",
        307: "Temporary Redirect", 308: "Permanent Redirect", 400: "Bad Request", 401: "Unauthorized",
        402: "Payment Required", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed",
        406: "Not Acceptable", 408: "Request Timeout", 409: "Conflict", 410: "Gone", 411: "Length Required",
        412: "Precondition Failed", 413: "Content Too Large", 414: "URI Too Long", 415: "Unsupported Media Type",
        416: "Range Not Satisfiable", 417: "Expectation Failed", 421: "Misdirected Request",
        422: "Unprocessable Content", 425: "Too Early", 426: "Upgrade Required", 428: "Precondition Required",
        429: "Too Many Requests", 431: "Request Header Fields Too Large", 500: "Internal Server Error",
        501: "Not Implemented", 502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout",
    ]
}
