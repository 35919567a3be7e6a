/// An event as a log keeps it: its kind and the ids it concerns, never its payload.
///
/// The payload is built when the log is read, so that a deleted message leaves no copy.
public struct LoggedEvent: Sendable, Hashable {
    /// The name of the event, such as `message:new`.
    public let kind: String
    public let at: Timestamp
    /// The values of the two id columns that `schema.yaml` names for the log.
    public let firstId: Identifier?
    public let secondId: Identifier?
    /// A word that tells apart events of one kind, such as a status.
    public let detail: String?

    public init(
        kind: String, at: Timestamp, firstId: Identifier? = nil, secondId: Identifier? = nil, detail: String? = nil
    ) {
        self.kind = kind
        self.at = at
        self.firstId = firstId
        self.secondId = secondId
        self.detail = detail
    }
}

/// The position of an event in the log of a user.
public struct EventPosition: Sendable, Hashable {
    public let user: Identifier
    /// The number of the event in the user's log, from 1 without gaps.
    public let seq: Int64

    @inlinable public init(user: Identifier, seq: Int64) {
        self.user = user
        self.seq = seq
    }
}

extension Transaction {
    /// Appends an event to the logs of the users, each once. The store announces the positions after the commit.
    ///
    /// The position of a user is taken under the lock of the user's head, so that the log has no gaps, and in the order
    /// of the users' ids, so that two changes with one `emit` each never deadlock.
    /// - Throws: ``StoreError``.
    @discardableResult public func emit(
        _ event: LoggedEvent, to users: some Sequence<Identifier>
    ) throws -> [EventPosition] {
        try emit(Dictionary(users.map { ($0, event) }) { first, _ in first })
    }
}

/// The statements of the event log that `schema.yaml` asks for (`framework: event-log`). Generated.
public struct EventLogTable: Sendable {
    /// SQLite: advances the head of the user ?1 and returns its position.
    public let advance: StaticString
    /// SQLite: appends the event ?3 to ?7 (kind, time, ids, detail) to the log of the user ?1 at the position ?2.
    public let append: StaticString
    /// PostgreSQL: advances heads and appends events. Each parameter is an array with an element per user: user, kind,
    /// time, ids, detail. Returns the users with their positions.
    public let emit: StaticString

    @inlinable public init(advance: StaticString, append: StaticString, emit: StaticString) {
        self.advance = advance
        self.append = append
        self.emit = emit
    }
}
