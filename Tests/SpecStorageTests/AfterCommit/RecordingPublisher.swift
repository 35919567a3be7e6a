import CPostgres
import GRDB
import NIOConcurrencyHelpers
import SpecCore
import TestSupport

@testable import SpecStorage

/// Records announcements, and looks at the database as another connection sees it at that moment.
final class RecordingPublisher: Publisher {
    private struct State {
        var positions: [EventPosition] = []
        var sessions: [Identifier] = []
        var early: [EventPosition] = []
    }

    private let state = NIOLockedValueBox(State())
    private let isCommitted = NIOLockedValueBox<(@Sendable (EventPosition) -> Bool)?>(nil)

    /// The announced positions, in the order of users and numbers.
    var positions: [EventPosition] {
        state.withLockedValue { $0.positions }.sorted { ($0.user, $0.seq) < ($1.user, $1.seq) }
    }

    var sessions: [Identifier] { state.withLockedValue { $0.sessions } }

    /// The positions that other connections could not read when they were announced.
    var early: [EventPosition] { state.withLockedValue { $0.early } }

    /// From now on reads each position on a connection of its own when it is announced.
    func watch(_ isCommitted: @escaping @Sendable (EventPosition) -> Bool) {
        self.isCommitted.withLockedValue { $0 = isCommitted }
    }

    func publish(_ positions: [EventPosition]) {
        let early = isCommitted.withLockedValue { isCommitted in
            isCommitted.map { isCommitted in positions.filter { !isCommitted($0) } } ?? []
        }
        state.withLockedValue { state in
            state.positions += positions
            state.early += early
        }
    }

    func publish(ended sessions: [Identifier]) { state.withLockedValue { $0.sessions += sessions } }
}

/// Connections beside a store.
enum OtherConnection {
    /// Looks for rows of the tests' event log in an SQLite file.
    static func finder(path: String) throws -> @Sendable (EventPosition) -> Bool {
        let database = try DatabaseQueue(path: path)
        return { position in
            let count = try? database.read { database in
                try Int.fetchOne(
                    database, sql: "SELECT count(*) FROM events WHERE hex(user_id) = ? AND seq = ?",
                    arguments: [hex(position.user), position.seq])
            }
            return count == 1
        }
    }

    /// Looks for rows of the tests' event log in a PostgreSQL database.
    static func finder(_ address: PostgresAddress) throws -> @Sendable (EventPosition) -> Bool {
        let connection = NIOLockedValueBox(try PostgresConnection(plain: address))
        return { position in
            let rows = connection.withLockedValue {
                try? $0.execute(
                    "SELECT count(*) FROM events WHERE user_id = '\(position.user)' AND seq = \(position.seq)")
            }
            return rows == [["1"]]
        }
    }

    private static func hex(_ user: Identifier) -> String {
        user.description.filter { $0 != "-" }.uppercased()
    }
}
