import SpecCore
import SpecServer
import Synchronization
import Testing

/// Buckets on a clock of the test's own.
@Suite struct LimiterTests {
    private static let limit = RateLimit(
        name: "l", burst: 2, refillSeconds: 20, counts: .tries, stage: .head, key: [.address])

    /// Seconds that stand still until they are moved.
    private final class Clock: Sendable {
        private let seconds = Mutex(0.0)
        var now: Double { seconds.withLock { $0 } }
        func pass(_ more: Double) { seconds.withLock { $0 += more } }
    }

    @Test func refusesAnEmptyBucketAndSaysWhenATokenIsBack() async {
        let clock = Clock()
        let limiter = LocalLimiter { clock.now }
        _ = await limiter.take(Self.limit, key: "a")
        _ = await limiter.take(Self.limit, key: "a")
        let refused = await limiter.take(Self.limit, key: "a")
        #expect(refused == LimitState(isAllowed: false, remaining: 0, retryAfterSeconds: 10, fullInSeconds: 20))
        #expect(await limiter.take(Self.limit, key: "b").isAllowed)
        clock.pass(9.5)
        #expect(await limiter.take(Self.limit, key: "a").retryAfterSeconds == 1)
        clock.pass(0.5)
        #expect(await limiter.take(Self.limit, key: "a").isAllowed)
    }

    @Test func givesATokenBack() async {
        let clock = Clock()
        let limiter = LocalLimiter { clock.now }
        _ = await limiter.take(Self.limit, key: "a")
        let back = await limiter.giveBack(Self.limit, key: "a")
        #expect(back == LimitState(isAllowed: true, remaining: 2, retryAfterSeconds: 0, fullInSeconds: 0))
    }
}
