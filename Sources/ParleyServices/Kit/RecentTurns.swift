/// Counts of the turns that groups took since turns were last free, at most in the last one to two windows; a turn of
/// the current window counts twice.
///
/// Two tables that are replaced as a whole, so that nothing has to be removed entry by entry; their size is bounded by
/// the turns of two windows.
struct RecentTurns: Sendable {
    static let window = Duration.seconds(30)

    private var current: [String: Int] = [:]
    private var previous: [String: Int] = [:]
    private var start: ContinuousClock.Instant?

    mutating func add(_ groups: [String], at time: ContinuousClock.Instant) {
        advance(to: time)
        for group in groups { current[group, default: 0] += 1 }
    }

    /// Forgets all turns: nobody had to wait for them.
    mutating func forget() { (current, previous) = ([:], [:]) }

    /// Forgets the turns before the previous window.
    mutating func advance(to time: ContinuousClock.Instant) {
        guard let start else {
            start = time
            return
        }
        let passed = start.duration(to: time)
        guard passed >= Self.window else { return }
        previous = passed < Self.window * 2 ? current : [:]
        current = [:]
        self.start = time
    }

    /// The cost of another turn for a member of the group: the more turns it had, the later it comes.
    func cost(of group: String) -> Int { 2 * current[group, default: 0] + previous[group, default: 0] }
}
