import Logging
import SpecCore

/// Logs the events of committed changes.
struct LoggingPublisher: Publisher {
    let logger: Logger

    func publish(_ positions: [EventPosition]) {
        for position in positions { logger.info("event", metadata: ["seq": "\(position.seq)"]) }
    }

    /// Does nothing: the shop has no sessions.
    func publish(ended sessions: [Identifier]) {}
}
