import NIOHTTP1
import SpecCore

/// A rejection of bytes that are not a valid request, with as much of its head as could be parsed.
struct HeadRejection {
    let problem: Problem
    let request: ServerRequest

    init(_ problem: Problem, _ request: ServerRequest) {
        self.problem = problem
        self.request = request
    }
}

/// Problems detected by the transport itself.
enum TransportProblems {
    static let bodyEndedEarly = Problem(.malformed, "The body ended before it was complete.")
    static let slowBody = Problem(.requestTimeout, "The body was sent too slowly.")
    static let slowHead = Problem(.requestTimeout, "The request head was sent too slowly.")

    static func headTooLong(_ bounds: HTTPBounds) -> Problem {
        Problem(
            .headTooLarge,
            "The request head exceeds \(bounds.headBytesMax) bytes or \(bounds.headFieldsMax) fields.")
    }

    /// The problem for a parser error; nil if the connection is already closed.
    static func problem(ofParser error: any Error, _ bounds: HTTPBounds) -> Problem? {
        guard let error = error as? HTTPParserError else { return nil }
        switch error {
        case .headerOverflow: return headTooLong(bounds)
        case .invalidEOFState, .closedConnection: return nil
        default: return Problem(.malformed, words(for: error))
        }
    }

    /// The detail for a parser error; the parser's own text says what failed, not what would be right.
    private static func words(for error: HTTPParserError) -> String {
        switch error {
        case .invalidMethod: "This is not an HTTP request: expected a method, such as GET."
        case .invalidURL, .invalidHost, .invalidPort, .invalidPath, .invalidQueryString, .invalidFragment:
            "The request target must be a path, such as /health, with other characters percent-encoded."
        case .invalidVersion, .invalidConstant, .paused:
            "A request line must end with HTTP/1.1, or HTTP/1.0, and CR LF."
        case .invalidHeaderToken, .lfExpected, .strictModeAssertion:
            "A header field must be a name, a colon without a space before it, and a value without control characters."
        case .invalidContentLength, .unexpectedContentLength:
            "A request must have one Content-Length, in digits, or one Transfer-Encoding."
        case .invalidChunkSize: "A chunk must begin with its size in hexadecimal digits, followed by CR LF."
        default: "This is not an HTTP request."
        }
    }
}
