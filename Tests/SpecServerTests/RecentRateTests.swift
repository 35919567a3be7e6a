import Testing

@testable import SpecServer

/// The rate of a body over its most recent seconds.
@Suite struct RecentRateTests {
    /// Returns the second at whose end the body was too slow, of one that sends these bytes in each.
    private static func end(_ bytes: [Int], window: Int = 10, minimum: Int = 1_024) -> Int? {
        var rate = RecentRate(seconds: window)
        for (second, count) in bytes.enumerated() {
            rate.add(count)
            if rate.secondEnded(bytesPerSecondMin: minimum) { return second + 1 }
        }
        return nil
    }

    @Test func givesNoCreditForBytesThatCameLongBefore() {
        // 20 MiB at once would be 5.6 hours at the minimum, counted from the start.
        #expect(Self.end([20 << 20] + Array(repeating: 1, count: 60)) == 11)
        #expect(Self.end([20 << 20] + Array(repeating: 2_000, count: 60) + Array(repeating: 0, count: 60)) == 66)
    }

    @Test func allowsWhatKeepsTheMinimumOnAverage() {
        #expect(Self.end(Array(repeating: 1_024, count: 600)) == nil)
        #expect(Self.end((0..<600).map { $0 % 10 == 9 ? 10_240 : 0 }) == nil, "a burst every ten seconds")
        #expect(Self.end(Array(repeating: 0, count: 10)) == nil)
        #expect(Self.end(Array(repeating: 0, count: 11)) == 11)
        #expect(Self.end(Array(repeating: 1_023, count: 600)) == 11)
    }

    @Test func measuresOneSecondAtLeast() {
        #expect(Self.end([0, 0], window: 0) == 1)
        #expect(Self.end([1_024, 1_023], window: 1) == 2)
    }
}
