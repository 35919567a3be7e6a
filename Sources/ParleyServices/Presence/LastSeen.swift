import NIOConcurrencyHelpers
import SpecCore

/// When users made their last signed-in request.
///
/// A request only notes it here; ``LastSeenWriter`` brings it to the users' rows in batches.
package final class LastSeen: Sendable {
    /// How many users may wait to be written; more are noted only after that.
    static let usersMax = 65_536

    private struct State {
        var noted: [Identifier: Timestamp] = [:]
        /// What is on its way to the rows: not there yet, perhaps.
        var written: [Identifier: Timestamp] = [:]
    }

    private let state = NIOLockedValueBox(State())

    package init() {}

    func note(_ user: Identifier, at now: Timestamp) {
        state.withLockedValue { state in
            if state.noted.count < Self.usersMax || state.noted[user] != nil { state.noted[user] = now }
        }
    }

    /// nil when the user's row knows it.
    func time(of user: Identifier) -> Timestamp? {
        state.withLockedValue { $0.noted[user] ?? $0.written[user] }
    }

    /// What is to be written now; ``end(isWritten:)`` must follow.
    func begin() -> [Identifier: Timestamp] {
        state.withLockedValue { state in
            swap(&state.noted, &state.written)
            state.noted = [:]
            return state.written
        }
    }

    /// Forgets what was written; keeps what could not be.
    func end(isWritten: Bool) {
        state.withLockedValue { state in
            if !isWritten { state.noted.merge(state.written) { later, _ in later } }
            state.written = [:]
        }
    }
}
