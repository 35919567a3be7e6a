import SpecCore
import Synchronization

/// A clock that a test moves. By itself it moves one millisecond per reading, so that what happens later is later and
/// a busy machine changes nothing.
final class TestClock: Sendable {
    private let milliseconds = Mutex(Timestamp.now().milliseconds)

    var now: Timestamp {
        milliseconds.withLock { milliseconds in
            milliseconds += 1
            return Timestamp(milliseconds: milliseconds)
        }
    }

    func advance(seconds: Int64) { milliseconds.withLock { $0 += seconds * 1_000 } }
    func advance(days: Int64) { advance(seconds: days * 86_400) }
}
