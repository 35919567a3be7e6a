import Crypto
import NIOConcurrencyHelpers
package import SpecCore

/// Cache of verified access tokens, which saves the signature check and the session lookup.
///
/// Ending a session removes its tokens at once. A lookup that is under way at that time is not cached.
package final class SessionCache: Sendable {
    /// Maximum number of tokens; when it is reached, the cache is cleared.
    package static let tokensMax = 65_536

    typealias Key = SHA256Digest

    struct Entry {
        let caller: Caller
        let expiresAt: Timestamp
    }

    private struct State {
        var entries: [SHA256Digest: Entry] = [:]
        var tokens: [Identifier: [SHA256Digest]] = [:]
        /// Incremented for each session that ends, and whenever an announcement may have been missed.
        var epoch = 0
        /// True while announcements of other nodes cannot be received; nothing is cached then.
        var isDeaf = false
    }

    private let state = NIOLockedValueBox(State())

    package init() {}

    /// Returns the cache key of a token.
    static func key(_ token: String) -> SHA256Digest {
        var token = token
        return token.withUTF8 { SHA256.hash(data: UnsafeRawBufferPointer($0)) }
    }

    func entry(_ key: SHA256Digest) -> Entry? { state.withLockedValue { $0.entries[key] } }

    /// The current epoch, to be passed to ``keep(_:_:since:)`` after the session row was read.
    var epoch: Int { state.withLockedValue { $0.epoch } }

    /// Caches a token, unless a session has ended since `epoch`.
    func keep(_ key: SHA256Digest, _ entry: Entry, since epoch: Int) {
        state.withLockedValue { state in
            guard state.epoch == epoch, !state.isDeaf else { return }
            if state.entries.count >= Self.tokensMax {
                state.entries.removeAll()
                state.tokens.removeAll()
            }
            if state.entries.updateValue(entry, forKey: key) == nil {
                state.tokens[entry.caller.session, default: []].append(key)
            }
        }
    }

    /// Removes the tokens of a session that has ended.
    func forget(session: Identifier) {
        state.withLockedValue { state in
            state.epoch += 1
            for key in state.tokens.removeValue(forKey: session) ?? [] { state.entries[key] = nil }
        }
    }

    // MARK: Other nodes

    /// Removes sessions that other nodes end, and disables the cache while they cannot be heard.
    package func follow(_ bus: any Bus) {
        bus.listen(on: SessionEnd.channel) { [self] signal in
            switch signal {
            case .connected: forgetAll(isDeaf: false)
            case .disconnected: forgetAll(isDeaf: true)
            case .announcement(let text): if let end = SessionEnd(text: text) { forget(session: end.session) }
            }
        }
    }

    private func forgetAll(isDeaf: Bool) {
        state.withLockedValue { state in
            state.epoch += 1
            state.isDeaf = isDeaf
            state.entries.removeAll()
            state.tokens.removeAll()
        }
    }
}

extension SessionCache: Publisher {
    /// Does nothing: the cache holds nothing of an event log.
    package func publish(_ positions: [EventPosition]) {}

    package func publish(ended sessions: [Identifier]) {
        for session in sessions { forget(session: session) }
    }
}
