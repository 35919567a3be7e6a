import ParleyContract
import SpecCore

/// What an event tells of; the names that clients hear.
typealias EventKind = EventName

/// One event on its way into the logs of the users it concerns: the kind and the ids, never the payload.
struct LoggedEvent: Sendable {
    let kind: EventKind
    var message: Identifier?
    /// The other thing it names: a session for a status, a reaction, a contact, a user.
    var subject: Identifier?
    /// The step of a status.
    var detail: String?
    let at: Timestamp
}

/// The users' logs. Every change writes its events here, in its own transaction.
enum EventLog {
    /// Both logs grow by the event; heads first, in the order of the ids, so that no two changes wait for each other.
    static func append(_ event: LoggedEvent, to pair: Pair, in transaction: any Transaction) throws {
        try transaction.execute(EventsQueries.advanceHeads(firstId: pair.low, secondId: pair.high))
        try transaction.execute(append(event, first: pair.low, second: pair.high))
    }

    /// Each of two users' logs grows by an event of its own.
    static func append(
        _ event: LoggedEvent, to user: Identifier, _ other: LoggedEvent, to peer: Identifier,
        in transaction: any Transaction
    ) throws {
        let pair = Pair(user, peer)
        try transaction.execute(EventsQueries.advanceHeads(firstId: pair.low, secondId: pair.high))
        try transaction.execute(append(event, first: user, second: user))
        try transaction.execute(append(other, first: peer, second: peer))
    }

    /// The user's own log grows by the event.
    static func append(_ event: LoggedEvent, to user: Identifier, in transaction: any Transaction) throws {
        try transaction.execute(EventsQueries.advanceHead(userId: user))
        try transaction.execute(append(event, first: user, second: user))
    }

    private static func append(_ event: LoggedEvent, first: Identifier, second: Identifier) -> Query<Void> {
        EventsQueries.appendEvents(
            firstId: first, secondId: second, kind: event.kind.rawValue, messageId: event.message,
            subjectId: event.subject, detail: event.detail, now: event.at)
    }
}
