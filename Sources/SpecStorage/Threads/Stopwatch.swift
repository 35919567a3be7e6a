#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The monotonic clock.
enum Stopwatch {
    static var milliseconds: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000 + Int64(time.tv_nsec) / 1_000_000
    }

    /// Blocks the current thread.
    static func pause(milliseconds: Int) {
        usleep(useconds_t(milliseconds * 1_000))
    }
}

/// Exponential back-off before reconnecting to a server that does not respond, up to a bound.
struct BackOff {
    static let firstMilliseconds = 50
    static let mostMilliseconds = 2_000

    private var next = firstMilliseconds

    /// The next pause, with jitter so that many nodes do not reconnect at once.
    mutating func pause() -> Int {
        defer { next = min(next * 2, Self.mostMilliseconds) }
        return next / 2 + Int.random(in: 0...next / 2)
    }

    mutating func reset() { next = Self.firstMilliseconds }
}
