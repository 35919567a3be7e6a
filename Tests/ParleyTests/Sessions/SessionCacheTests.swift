import NIOConcurrencyHelpers
import ParleyContract
import SpecCore
import Testing

@testable import ParleyServices

/// The cache of verified tokens, and what it must not keep.
@Suite struct SessionCacheTests {
    private let cache = SessionCache()
    private let session = Identifier.make()

    private func entry(_ session: Identifier) -> SessionCache.Entry {
        SessionCache.Entry(
            caller: Caller(subject: .make(), session: session, scheme: "bearer"),
            expiresAt: Timestamp(milliseconds: 1))
    }

    private func keep(_ token: String, of session: Identifier) {
        cache.keep(SessionCache.key(token), entry(session), since: cache.epoch)
    }

    private func has(_ token: String) -> Bool { cache.entry(SessionCache.key(token)) != nil }

    @Test func keepsTheTokensOfASessionUntilItEnds() {
        keep("one", of: session)
        keep("two", of: session)
        keep("other", of: .make())
        #expect(has("one") && has("two") && has("other"))
        #expect(!has("on"))
        cache.publish(ended: [session])
        #expect(!has("one") && !has("two"))
        #expect(has("other"))
    }

    @Test func keepsNothingThatWasReadBeforeASessionEnded() {
        let epoch = cache.epoch
        cache.publish(ended: [session])
        cache.keep(SessionCache.key("one"), entry(session), since: epoch)
        #expect(!has("one"))
        cache.keep(SessionCache.key("one"), entry(.make()), since: cache.epoch)
        #expect(has("one"))
    }

    @Test func keepsNothingWhileOtherNodesCannotBeHeard() {
        let bus = ManualBus()
        cache.follow(bus)
        keep("before", of: session)
        #expect(has("before"))
        bus.say(.disconnected)
        #expect(!has("before"))
        keep("deaf", of: session)
        #expect(!has("deaf"))
        let epoch = cache.epoch
        bus.say(.connected)
        cache.keep(SessionCache.key("read before"), entry(session), since: epoch)
        #expect(!has("read before"), "an end may have been missed since it was read")
        keep("after", of: session)
        #expect(has("after"))
        bus.say(.announcement(SessionEnd(session).text))
        #expect(!has("after"))
        bus.say(.announcement("not an id"))
    }

    @Test func startsEmptyWhenItIsFull() {
        for number in 0..<SessionCache.tokensMax { keep("\(number)", of: session) }
        #expect(has("0") && has("\(SessionCache.tokensMax - 1)"))
        keep("one more", of: session)
        #expect(has("one more") && !has("0"))
    }

    /// A session without a refresh ends after 30 days, any session after 90.
    @Test func sessionsEndAtTheMillisecond() {
        let (day, start) = (Int64(86_400_000), Timestamp(milliseconds: 1_790_000_000_000))
        func isOver(usedAfter used: Int64, at time: Int64) -> Bool {
            let row = SessionsRow(
                id: session, userId: session, deviceName: nil, addressPrefix: "", generation: 1, refreshHash: [],
                rotatedAt: nil, createdAt: start, lastUsedAt: Timestamp(milliseconds: start.milliseconds + used),
                endedAt: nil)
            return SessionExpiry.isOver(row, at: Timestamp(milliseconds: start.milliseconds + time))
        }
        #expect(!isOver(usedAfter: 0, at: 30 * day - 1))
        #expect(isOver(usedAfter: 0, at: 30 * day))
        #expect(!isOver(usedAfter: day, at: 31 * day - 1))
        #expect(!isOver(usedAfter: 89 * day, at: 90 * day - 1))
        #expect(isOver(usedAfter: 89 * day, at: 90 * day))
    }
}

/// A bus that says what a test wants.
private final class ManualBus: Bus {
    private let handlers = NIOLockedValueBox([@Sendable (BusSignal) -> Void]())

    func listen(on channel: StaticString, _ handler: @escaping @Sendable (BusSignal) -> Void) {
        handlers.withLockedValue { $0.append(handler) }
    }

    func announce(_ text: String, on channel: StaticString) -> Bool { true }

    func say(_ signal: BusSignal) { for handler in handlers.withLockedValue({ $0 }) { handler(signal) } }
}
