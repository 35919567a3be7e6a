import Crypto
import NIOConcurrencyHelpers
package import SpecCore

/// Remembers which access tokens were believed, so that a small request pays for no signature and no row.
///
/// Ending a session forgets its tokens at once. A lookup that began before and ends after is not kept.
package final class SessionCache: Sendable {
    /// How many tokens are remembered; when they are that many, the cache starts again.
    package static let tokensMax = 65_536

    typealias Key = SHA256Digest

    struct Entry {
        let caller: Caller
        let expiresAt: Timestamp
    }

    private struct State {
        var entries: [SHA256Digest: Entry] = [:]
        var tokens: [Identifier: [SHA256Digest]] = [:]
        /// Grows with every session that ends, and whenever some may have ended unheard.
        var epoch = 0
        /// While other nodes cannot be heard, nothing is remembered.
        var isDeaf = false
    }

    private let state = NIOLockedValueBox(State())

    package init() {}

    /// The name that a token has in the cache.
    static func key(_ token: String) -> SHA256Digest {
        var token = token
        return token.withUTF8 { SHA256.hash(data: UnsafeRawBufferPointer($0)) }
    }

    func entry(_ key: SHA256Digest) -> Entry? { state.withLockedValue { $0.entries[key] } }

    /// To be handed to ``keep(_:_:since:)`` after the session row was read.
    var epoch: Int { state.withLockedValue { $0.epoch } }

    /// Remembers a token, unless a session has ended since `epoch`.
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

    /// Forgets the tokens of a session that has ended.
    func forget(session: Identifier) {
        state.withLockedValue { state in
            state.epoch += 1
            for key in state.tokens.removeValue(forKey: session) ?? [] { state.entries[key] = nil }
        }
    }

    // MARK: Other nodes

    /// The channel on which nodes hear of sessions that ended; `spec/queries` announces there what it ends.
    static let channel: StaticString = "session_ended"

    /// Forgets the sessions that other nodes end, and remembers nothing while they cannot be heard.
    package func follow(_ bus: any Bus) {
        bus.listen(on: Self.channel) { [self] signal in
            switch signal {
            case .connected: forgetAll(isDeaf: false)
            case .disconnected: forgetAll(isDeaf: true)
            case .announcement(let text): if let session = Identifier(text) { forget(session: session) }
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
