import NIOConcurrencyHelpers
public import SpecCore

/// Token buckets in the memory of this process.
public final class LocalRateLimiter: RateLimiter {
    /// The most buckets; beyond that, the quarter that was unused for longest is dropped.
    public static let bucketsMax = 200_000

    private struct Bucket {
        /// Tokens at that time, with fractions.
        var tokens: Double
        var at: Double
    }

    private let buckets = NIOLockedValueBox([String: Bucket]())
    /// Monotonic time in seconds.
    private let now: @Sendable () -> Double

    /// - Parameter now: monotonic time in seconds.
    public init(now: @escaping @Sendable () -> Double) {
        self.now = now
    }

    /// Creates a limiter on the machine's monotonic clock.
    public convenience init() {
        let start = ContinuousClock.now
        self.init {
            let passed = start.duration(to: .now).components
            return Double(passed.seconds) + Double(passed.attoseconds) * 1e-18
        }
    }

    public func take(_ limit: RateLimit, key: String) async -> LimitState { change(limit, key, by: -1) }

    public func giveBack(_ limit: RateLimit, key: String) async -> LimitState { change(limit, key, by: 1) }

    private func change(_ limit: RateLimit, _ key: String, by amount: Double) -> LimitState {
        let time = now()
        let rate = Double(limit.burst) / Double(max(limit.refillSeconds, 1))
        let name = limit.name + "\u{0}" + key
        return buckets.withLockedValue { buckets in
            if buckets[name] == nil, buckets.count >= Self.bucketsMax { Self.forgetSome(&buckets) }
            var bucket = buckets[name] ?? Bucket(tokens: Double(limit.burst), at: time)
            bucket.tokens = min(Double(limit.burst), bucket.tokens + (time - bucket.at) * rate)
            bucket.at = time
            // A tolerance of a millionth of a token: sums of fractions do not come out even.
            let isAllowed = amount > 0 || bucket.tokens >= 1 - 1e-6
            if isAllowed { bucket.tokens = min(Double(limit.burst), max(0, bucket.tokens + amount)) }
            buckets[name] = bucket
            return Self.state(bucket, limit, rate, isAllowed)
        }
    }

    private static func state(_ bucket: Bucket, _ limit: RateLimit, _ rate: Double, _ isAllowed: Bool) -> LimitState {
        let missing = max(0, 1 - bucket.tokens)
        return LimitState(
            isAllowed: isAllowed, remaining: Int(bucket.tokens + 1e-6),
            retryAfterSeconds: missing > 1e-6 ? max(1, Int((missing / rate).rounded(.up))) : 0,
            fullInSeconds: Int(((Double(limit.burst) - bucket.tokens) / rate - 1e-6).rounded(.up)))
    }

    /// Drops the quarter of the buckets that was unused for longest; the bucket of an account under attack stays in
    /// use.
    private static func forgetSome(_ buckets: inout [String: Bucket]) {
        let times = buckets.values.map(\.at).sorted()
        let bound = times[times.count / 4]
        buckets = buckets.filter { $0.value.at > bound }
    }
}
