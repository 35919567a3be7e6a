import NIOConcurrencyHelpers
import SpecCore

/// Generates ids for requests that come without `X-Request-Id`.
///
/// Such an id is not a secret, so its random bits need not come from the system each time: that is a system call.
final class RequestIDs: Sendable {
    private let generator = NIOLockedValueBox(SplitMix())

    func next() -> String {
        generator.withLockedValue { Identifier.make(using: &$0) }.description
    }

    /// A new trace (W3C Trace Context), not sampled: `00-<trace>-<span>-00`. A UUID is never all zeros.
    func traceparent() -> String {
        let digits = next().filter { $0 != "-" }
        return "00-\(digits)-\(digits.suffix(16))-00"
    }
}

/// SplitMix64 (Steele, Lea and Flood, 2014), seeded by the system.
private struct SplitMix: RandomNumberGenerator {
    private var state = UInt64.random(in: .min ... .max)

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
        return value ^ value >> 31
    }
}
