import NIOConcurrencyHelpers
import SpecCore
import SpecServer
import Testing

/// Token buckets on a test clock.
@Suite(.timeLimit(.minutes(10))) struct RateLimiterTests {
    private static let limit = RateLimit(
        name: "l", burst: 2, refillSeconds: 20, counts: .tries, stage: .head, key: [.address])

    /// A clock that stands still until it is advanced.
    private final class Clock: Sendable {
        private let seconds = NIOLockedValueBox(0.0)
        var now: Double { seconds.withLockedValue { $0 } }
        func pass(_ more: Double) { seconds.withLockedValue { $0 += more } }
    }

    @Test func refusesAnEmptyBucketAndSaysWhenATokenIsBack() async {
        let clock = Clock()
        let limiter = LocalRateLimiter { clock.now }
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
        let limiter = LocalRateLimiter { clock.now }
        _ = await limiter.take(Self.limit, key: "a")
        let back = await limiter.giveBack(Self.limit, key: "a")
        #expect(back == LimitState(isAllowed: true, remaining: 2, retryAfterSeconds: 0, fullInSeconds: 0))
    }

    @Test func fillsUpToTheBurstAndNoFurther() async {
        let clock = Clock()
        let limiter = LocalRateLimiter { clock.now }
        _ = await limiter.take(Self.limit, key: "a")
        clock.pass(10)
        let full = await limiter.take(Self.limit, key: "a")
        #expect(full == LimitState(isAllowed: true, remaining: 1, retryAfterSeconds: 0, fullInSeconds: 10))
        clock.pass(1_000)
        #expect(await limiter.take(Self.limit, key: "a").remaining == 1)
        #expect(await limiter.take(Self.limit, key: "a").remaining == 0)
        #expect(await !limiter.take(Self.limit, key: "a").isAllowed)
    }

    @Test func takesNothingFromARefusedTry() async {
        let clock = Clock()
        let limiter = LocalRateLimiter { clock.now }
        for _ in 0..<50 { _ = await limiter.take(Self.limit, key: "a") }
        clock.pass(10)
        #expect(await limiter.take(Self.limit, key: "a").isAllowed)
    }

    @Test func countsLimitsOfOneKeyApart() async {
        let limiter = LocalRateLimiter { 0 }
        let other = RateLimit(name: "m", burst: 1, refillSeconds: 1, counts: .tries, stage: .head, key: [.address])
        for _ in 0..<3 { _ = await limiter.take(Self.limit, key: "a") }
        #expect(await limiter.take(other, key: "a").isAllowed)
    }
}
