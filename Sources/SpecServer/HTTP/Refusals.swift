import NIOHTTP1
import SpecCore

/// The problems that the transport itself finds.
enum Refusals {
    static let bodyEndedEarly = Problem(.malformed, "The body ended before it was complete.")
    static let slowBody = Problem(.requestTimeout, "The body came too slowly.")
    static let slowHead = Problem(.requestTimeout, "The head of the request came too slowly.")

    /// What a parser's error means for the client; nil when the connection is gone anyway.
    static func problem(ofParser error: any Error) -> Problem? {
        guard let error = error as? HTTPParserError else { return nil }
        switch error {
        case .headerOverflow: return Problem(.headTooLarge, "The head of the request is too long.")
        case .invalidEOFState, .closedConnection: return nil
        default: return Problem(.malformed, "This is no HTTP request: \(error).")
        }
    }
}
