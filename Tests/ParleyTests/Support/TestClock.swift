import NIOConcurrencyHelpers
import SpecCore

/// A clock that stands still until a test moves it, so that a busy machine changes nothing.
final class TestClock: Sendable {
    private let milliseconds = NIOLockedValueBox(Timestamp.now().milliseconds)

    var now: Timestamp { Timestamp(milliseconds: milliseconds.withLockedValue { $0 }) }

    func advance(seconds: Int64) { milliseconds.withLockedValue { $0 += seconds * 1_000 } }
    func advance(days: Int64) { advance(seconds: days * 86_400) }
}
