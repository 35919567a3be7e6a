/// The HTTP methods that an OpenAPI path item can have.
public enum Method: UInt8, Sendable, CaseIterable {
    case get, put, post, delete, options, head, patch, trace

    /// Parses the method of a request line; methods are case-sensitive (RFC 9110, 9.1).
    @inlinable public init?(_ token: String) {
        switch token {
        case "GET": self = .get
        case "POST": self = .post
        case "PUT": self = .put
        case "DELETE": self = .delete
        case "PATCH": self = .patch
        case "HEAD": self = .head
        case "OPTIONS": self = .options
        case "TRACE": self = .trace
        default: return nil
        }
    }

    /// The method as sent in a request line.
    public var token: StaticString {
        switch self {
        case .get: "GET"
        case .put: "PUT"
        case .post: "POST"
        case .delete: "DELETE"
        case .options: "OPTIONS"
        case .head: "HEAD"
        case .patch: "PATCH"
        case .trace: "TRACE"
        }
    }
}
