/// Hears of committed changes on this node.
///
/// A store calls it after COMMIT and before it returns to the callers of the changes, on one of its own threads and from
/// several at once. It must not wait. The order of positions can never be trusted, not even for one user, and a change
/// whose outcome is unknown (a lost connection) is not announced: the log in the database is the truth.
public protocol Publisher: Sendable {
    /// Announces positions in the logs of users, each once.
    func publish(_ positions: [EventPosition])

    /// Announces sessions that have ended. Other nodes hear of them by ``SessionEnd``.
    func publish(ended sessions: [Identifier])
}

/// The announcement of an ended session to other nodes, by the text that travels on ``channel``.
public struct SessionEnd: Sendable, Hashable {
    /// The channel of the bus.
    public static let channel: StaticString = "session_ended"

    public let session: Identifier

    public init(_ session: Identifier) {
        self.session = session
    }

    /// Reads an announcement; nil for one that this release does not know.
    public init?(text: String) {
        guard let session = Identifier(text) else { return nil }
        self.session = session
    }

    public var text: String { session.description }
}
