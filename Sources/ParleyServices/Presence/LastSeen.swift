import NIOConcurrencyHelpers
import SpecCore

/// Times of the last signed-in request of each user, not yet stored.
///
/// A request only records its time here; ``LastSeenWriter`` stores the times in batches.
package final class LastSeen: Sendable {
    /// Maximum number of users to be written; more are recorded only after the next write.
    static let usersMax = 65_536

    private struct State {
        var noted: [Identifier: Timestamp] = [:]
        /// Times being written; possibly not committed yet.
        var written: [Identifier: Timestamp] = [:]
    }

    private let state = NIOLockedValueBox(State())

    package init() {}

    func note(_ user: Identifier, at now: Timestamp) {
        state.withLockedValue { state in
            if state.noted.count < Self.usersMax || state.noted[user] != nil { state.noted[user] = now }
        }
    }

    /// Returns the recorded time of a user, or nil if the stored one is current.
    func time(of user: Identifier) -> Timestamp? {
        state.withLockedValue { $0.noted[user] ?? $0.written[user] }
    }

    /// Begins a write and returns the times to store; ``end(isWritten:)`` must follow.
    func begin() -> [Identifier: Timestamp] {
        state.withLockedValue { state in
            swap(&state.noted, &state.written)
            state.noted = [:]
            return state.written
        }
    }

    /// Ends a write: discards the stored times, or keeps them if the write failed.
    func end(isWritten: Bool) {
        state.withLockedValue { state in
            if !isWritten { state.noted.merge(state.written) { later, _ in later } }
            state.written = [:]
        }
    }
}
