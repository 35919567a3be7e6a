import SpecCore

/// The announcements of changes, to be made after their commit.
struct Announcements: Sendable {
    var positions: [EventPosition] = []
    var endedSessions: [Identifier] = []

    mutating func append(_ other: Announcements) {
        positions += other.positions
        endedSessions += other.endedSessions
    }
}

/// Collects the announcements of one run of a change; another run has another collector.
final class AnnouncementCollector {
    var announcements = Announcements()
}

/// The event log that changes write to, and the publisher that hears of them after their commit.
struct AfterCommit: Sendable {
    let eventLog: EventLogTable?
    let publisher: (any Publisher)?

    /// Makes the announcements of committed changes.
    func publish(_ announcements: Announcements) {
        guard let publisher else { return }
        if !announcements.endedSessions.isEmpty { publisher.publish(ended: announcements.endedSessions) }
        if !announcements.positions.isEmpty { publisher.publish(announcements.positions) }
    }

    /// Returns the statements of the event log.
    /// - Throws: ``StoreError/failed(_:)`` if the store was opened without one.
    func log() throws -> EventLogTable {
        guard let eventLog else {
            throw StoreError.failed("no event log: name one in schema.yaml and open the store with it")
        }
        return eventLog
    }
}

extension AnnouncementCollector? {
    /// Returns the collector of a change.
    /// - Throws: ``StoreError/failed(_:)`` in a read, which announces nothing.
    func ofChange() throws -> AnnouncementCollector {
        guard let self else { throw StoreError.failed("a read cannot announce anything") }
        return self
    }
}

extension LoggedEvent {
    /// The values of a statement of the event log, after those of the user.
    func values(after user: [SQLValue]) -> [SQLValue] {
        user + [.text(kind), .timestamp(at), firstId.sqlValue, secondId.sqlValue, detail.sqlValue]
    }
}
