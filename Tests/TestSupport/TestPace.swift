import Foundation

/// The pace of the machine, for tests that bound CPU time.
package enum TestPace {
    /// The factor by which everything takes longer, from `TEST_SLOWDOWN`: a sanitizer watches every access of memory.
    package static let slowdown = ProcessInfo.processInfo.environment["TEST_SLOWDOWN"].flatMap(Double.init) ?? 1
    /// True under a sanitizer.
    package static let isWatched = slowdown > 1
}
