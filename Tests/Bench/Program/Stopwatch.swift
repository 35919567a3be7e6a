import Foundation

/// Times two implementations in turns, so that disturbances of the machine affect both.
struct Stopwatch {
    /// The minimum duration of one measurement of one side.
    private static let measurementNanoseconds: UInt64 = 60_000_000

    let rounds: Int

    /// Nanoseconds of CPU per call of each side, a value per round.
    func compare(_ ours: () -> Void, _ theirs: () -> Void) -> (ours: [Double], theirs: [Double]) {
        let counts = (callsPerMeasurement(ours), callsPerMeasurement(theirs))
        var result: (ours: [Double], theirs: [Double]) = ([], [])
        for round in 0..<rounds {
            if round.isMultiple(of: 2) {
                result.ours.append(nanoseconds(counts.0, ours))
                result.theirs.append(nanoseconds(counts.1, theirs))
            } else {
                result.theirs.append(nanoseconds(counts.1, theirs))
                result.ours.append(nanoseconds(counts.0, ours))
            }
        }
        return result
    }

    /// Nanoseconds of CPU per call, a value per round.
    func time(_ work: () -> Void) -> [Double] {
        work()
        return (0..<rounds).map { _ in nanoseconds(1, work) }
    }

    /// The number of calls per measurement. Also warms up.
    private func callsPerMeasurement(_ work: () -> Void) -> Int {
        var count = 1
        while true {
            let passed = nanoseconds(count, work) * Double(count)
            if passed > Double(Self.measurementNanoseconds) / 4 {
                return max(1, Int(Double(count) * Double(Self.measurementNanoseconds) / passed))
            }
            count *= 2
        }
    }

    private func nanoseconds(_ count: Int, _ work: () -> Void) -> Double {
        let start = processNanoseconds()
        for _ in 0..<count { work() }
        return Double(processNanoseconds() - start) / Double(count)
    }
}

/// The process's own time: what others take does not count, what its other threads take does, as the compiler's does.
private func processNanoseconds() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}

/// Keeps the optimiser from dropping an unused result.
@inline(never) func keep<Value>(_ value: Value) {
    withExtendedLifetime(value) {}
}
