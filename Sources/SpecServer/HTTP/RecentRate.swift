import SpecCore

/// The rate of a body over its most recent seconds: bytes that came fast at first are no credit for a slow rest.
struct RecentRate {
    private let secondsMax: Int
    /// The bytes of each of the recent seconds, oldest first, once a second has passed.
    private var seconds: [Int] = []
    /// The bytes since the last second ended.
    private var bytes = 0

    init(seconds: Int) {
        secondsMax = seconds
    }

    mutating func add(_ count: Int) { bytes = bytes.saturatingAdding(count) }

    /// Ends a second; returns true if those measured were slower than the minimum on average.
    mutating func secondEnded(bytesPerSecondMin: Int) -> Bool {
        seconds.append(bytes)
        bytes = 0
        guard seconds.count > secondsMax else { return false }
        seconds.removeFirst(seconds.count - max(1, secondsMax))
        return seconds.reduce(0) { $0.saturatingAdding($1) } / seconds.count < bytesPerSecondMin
    }
}
