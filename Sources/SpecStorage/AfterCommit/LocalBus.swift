import NIOConcurrencyHelpers
import SpecCore

/// Carries announcements within one process, for a database that no other node uses.
final class LocalBus: Bus {
    /// The maximum number of waiting announcements: a listener may announce in turn.
    static let waitingMax = 8_192

    private struct State {
        var handlers: [String: [@Sendable (BusSignal) -> Void]] = [:]
        var waiting: [(channel: String, text: String)] = []
        var isDelivering = false
    }

    private let state = NIOLockedValueBox(State())

    func listen(on channel: StaticString, _ handler: @escaping @Sendable (BusSignal) -> Void) {
        // Nothing is missed in between: an announcement is delivered to the handlers of its moment.
        handler(.connected)
        state.withLockedValue { $0.handlers["\(channel)", default: []].append(handler) }
    }

    @discardableResult func announce(_ text: String, on channel: StaticString) -> Bool {
        precondition(text.utf8.count <= BusSignal.announcementBytesMax, "announcements keep to their bound")
        let (isTaken, mustDeliver) = state.withLockedValue { state -> (Bool, Bool) in
            guard state.waiting.count < Self.waitingMax else { return (false, false) }
            state.waiting.append(("\(channel)", text))
            defer { state.isDelivering = true }
            return (true, !state.isDelivering)
        }
        if mustDeliver { deliver() }
        return isTaken
    }

    /// Delivers waiting announcements in their order, on the thread of the first of them.
    private func deliver() {
        while let (announcements, handlers) = next() {
            for (channel, text) in announcements {
                for handler in handlers[channel] ?? [] { handler(.announcement(text)) }
            }
        }
    }

    private func next() -> ([(channel: String, text: String)], [String: [@Sendable (BusSignal) -> Void]])? {
        state.withLockedValue { state in
            guard !state.waiting.isEmpty else {
                state.isDelivering = false
                return nil
            }
            defer { state.waiting = [] }
            return (state.waiting, state.handlers)
        }
    }
}
