import NIOHTTP1
import SpecCore

/// A problem with bytes that are no request, with the path and the fields where they can be read.
struct Refusal {
    let problem: Problem
    let path: String
    var fields = HeaderFields()
}

/// The problems that the transport itself finds.
enum Refusals {
    static let bodyEndedEarly = Problem(.malformed, "The body ended before it was complete.")
    static let slowBody = Problem(.requestTimeout, "The body came too slowly.")
    static let slowHead = Problem(.requestTimeout, "The head of the request came too slowly.")

    static func headTooLong(_ bounds: HTTPBounds) -> Problem {
        Problem(
            .headTooLarge,
            "The head of a request has at most \(bounds.headBytesMax) bytes and \(bounds.headFieldsMax) fields.")
    }

    /// What a parser's error means for the client; nil when the connection is gone anyway.
    static func problem(ofParser error: any Error, _ bounds: HTTPBounds) -> Problem? {
        guard let error = error as? HTTPParserError else { return nil }
        switch error {
        case .headerOverflow: return headTooLong(bounds)
        case .invalidEOFState, .closedConnection: return nil
        default: return Problem(.malformed, words(for: error))
        }
    }

    /// The parser's own words say what it stumbled over, not what would be right.
    private static func words(for error: HTTPParserError) -> String {
        switch error {
        case .invalidMethod: "This is no HTTP request: expected a method, such as GET."
        case .invalidURL, .invalidHost, .invalidPort, .invalidPath, .invalidQueryString, .invalidFragment:
            "The target of a request is a path, such as /health, whose other characters are percent-encoded."
        case .invalidVersion, .invalidConstant, .paused:
            "A request line ends with HTTP/1.1, or HTTP/1.0, and a line break of CR and LF."
        case .invalidHeaderToken, .lfExpected, .strictModeAssertion:
            "A header field is a name, a colon at once, and a value without control characters, on one line."
        case .invalidContentLength, .unexpectedContentLength:
            "A request has one Content-Length, in digits, or one Transfer-Encoding."
        case .invalidChunkSize: "A chunk begins with its size in hexadecimal digits, and CR and LF."
        default: "This is no HTTP request."
        }
    }
}
