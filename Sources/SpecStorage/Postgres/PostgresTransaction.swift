import CPostgres
import SpecCore

/// Runs queries in the transaction of a session.
struct PostgresTransaction: Transaction {
    let session: PostgresSession
    /// True if rows found by their key are locked.
    let locksRows: Bool
    let afterCommit: AfterCommit
    /// The collector of a change; nil in a read.
    let collector: AnnouncementCollector?

    func all<Row>(_ query: Query<Row>) throws -> [Row] {
        let statement = PostgresConnection.Statement(
            text: query.text.postgres, locksRows: locksRows && query.findsByKey)
        return try inStoreWords {
            try session.run(statement, query.values) { try PostgresRow.all(of: $0, query.read) }
        }
    }

    func execute(_ query: Query<Void>) throws -> Int {
        let statement = PostgresConnection.Statement(text: query.text.postgres)
        return try inStoreWords {
            try session.run(statement, query.values) { Int(String(cString: PQcmdTuples($0))) ?? 0 }
        }
    }

    func emit(_ events: [Identifier: LoggedEvent]) throws -> [EventPosition] {
        let collector = try collector.ofChange()
        let statement = PostgresConnection.Statement(text: try afterCommit.log().emit)
        guard !events.isEmpty else { return [] }
        let rows = events.sorted { $0.key < $1.key }.map { $1.values(after: [.identifier($0)]) }
        let positions = try inStoreWords {
            try session.run(statement, arraysOf: rows) { result in
                try PostgresRow.all(of: result) {
                    EventPosition(user: try $0.identifier(0), seq: try $0.integer(1))
                }
            }
        }
        collector.announcements.positions += positions
        return positions
    }

    func announceEnd(of sessions: [Identifier]) throws {
        let collector = try collector.ofChange()
        guard !sessions.isEmpty else { return }
        let statement = PostgresConnection.Statement(text: PostgresAnnouncer.notify)
        let channel = SQLValue.text("\(SessionEnd.channel)")
        let notices = sessions.map { [channel, .text(SessionEnd($0).text)] }
        // In the transaction itself: PostgreSQL sends the notices at its commit, or never.
        try inStoreWords { try session.run(statement, arraysOf: notices) { _ in } }
        collector.announcements.endedSessions += sessions
    }

    private func inStoreWords<Value>(_ work: () throws -> Value) throws -> Value {
        do {
            return try work()
        } catch let failure as PostgresFailure {
            throw failure.storeError
        }
    }
}
