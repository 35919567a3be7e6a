import SpecCore
import Synchronization

/// The wall clock, as far ahead as a test sets it.
final class TestClock: Sendable {
    private let aheadMilliseconds = Mutex(Int64(0))

    var now: Timestamp {
        Timestamp(milliseconds: Timestamp.now().milliseconds + aheadMilliseconds.withLock { $0 })
    }

    func advance(seconds: Int64) { aheadMilliseconds.withLock { $0 += seconds * 1_000 } }
    func advance(days: Int64) { advance(seconds: days * 86_400) }
}
