/// A bounded queue for turns in which the groups that had the fewest turns lately, and wait for the fewest, come first.
///
/// Only turns since the last moment without contention count: whoever signed in often while nobody waited is not put
/// behind those who begin an attack.
///
/// Everything about the order of waiting is here, without tasks or time of its own.
struct FairQueue<Waiter: Sendable>: Sendable {
    struct Entry: Sendable {
        /// The groups that the turn counts for, such as a network and an account.
        let groups: [String]
        let number: UInt64
        let waiter: Waiter
    }

    enum Addition: Sendable {
        /// The entry waits; these had to leave for it, because their groups had more turns.
        case added(evicted: [Waiter])
        /// One of the groups has as many entries as it may have.
        case groupIsFull
        case queueIsFull
    }

    private let groupMax: Int
    private let totalMax: Int
    private var entries: [Entry] = []
    private var turns = RecentTurns()
    private var lastNumber: UInt64 = 0

    /// - Parameters:
    /// - groupMax: maximum number of entries per group.
    /// - totalMax: maximum number of entries.
    init(groupMax: Int, totalMax: Int) {
        self.groupMax = groupMax
        self.totalMax = totalMax
    }

    var isEmpty: Bool { entries.isEmpty }
    var count: Int { entries.count }

    /// Counts a turn that needed no waiting.
    ///
    /// - Parameter isIdle: true if no other turn is under way.
    mutating func takeFreeTurn(_ groups: [String], isIdle: Bool, at time: ContinuousClock.Instant) {
        if isIdle { turns.forget() }
        turns.add(groups, at: time)
    }

    /// Adds an entry.
    ///
    /// Where there is no place left, the entry replaces the costliest one if that one's groups had more turns or wait
    /// for more, so that a group cannot keep others out of the queue: not an account's owner, and not a new network.
    mutating func add(_ waiter: Waiter, _ groups: [String], at time: ContinuousClock.Instant) -> Addition {
        turns.advance(to: time)
        lastNumber += 1
        let entry = Entry(groups: groups, number: lastNumber, waiter: waiter)
        var (rest, evicted) = (entries, [Waiter]())
        for group in groups where rest.count(where: { $0.groups.contains(group) }) >= groupMax {
            guard let worst = Self.worst(of: rest, beside: entry, in: group, turns) else { return .groupIsFull }
            rest.removeAll { $0.number == worst.number }
            evicted.append(worst.waiter)
        }
        if rest.count >= totalMax {
            guard let worst = Self.worst(of: rest, beside: entry, in: nil, turns) else { return .queueIsFull }
            rest.removeAll { $0.number == worst.number }
            evicted.append(worst.waiter)
        }
        entries = rest + [entry]
        return .added(evicted: evicted)
    }

    /// Returns the costliest entry, of a group or of all, unless the new entry would cost as much.
    private static func worst(
        of entries: [Entry], beside entry: Entry, in group: String?, _ turns: RecentTurns
    ) -> Entry? {
        let costs = Costs(of: entries + [entry], turns)
        let candidates = entries.filter { group.map($0.groups.contains) ?? true }
        let worst = candidates.max { costs.isBefore($0, $1) }
        return worst.flatMap { costs[$0] > costs[entry] ? $0 : nil }
    }

    /// Removes and returns the entry whose turn it is, and counts its turn; nil if the queue is empty.
    mutating func next(at time: ContinuousClock.Instant) -> Waiter? {
        turns.advance(to: time)
        let costs = Costs(of: entries, turns)
        guard let entry = entries.min(by: costs.isBefore) else { return nil }
        entries.removeAll { $0.number == entry.number }
        turns.add(entry.groups, at: time)
        return entry.waiter
    }

    /// The costs of entries: the recent turns of their groups, and the entries that wait in these.
    private struct Costs {
        private let waiting: [String: Int]
        private let turns: RecentTurns

        init(of entries: [Entry], _ turns: RecentTurns) {
            waiting = entries.lazy.flatMap(\.groups).reduce(into: [:]) { $0[$1, default: 0] += 1 }
            self.turns = turns
        }

        subscript(entry: Entry) -> Int {
            entry.groups.reduce(0) { $0 + turns.cost(of: $1) + waiting[$1, default: 0] }
        }

        func isBefore(_ a: Entry, _ b: Entry) -> Bool { (self[a], a.number) < (self[b], b.number) }
    }

    /// Removes and returns the entries that satisfy the condition.
    mutating func remove(where isOver: (Waiter) -> Bool) -> [Waiter] {
        let removed = entries.filter { isOver($0.waiter) }
        entries.removeAll { isOver($0.waiter) }
        return removed.map(\.waiter)
    }
}
