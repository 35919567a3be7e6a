/// A deterministic finite automaton (DFA): one step per byte.
struct PatternDFA {
    /// The acceptance of a state.
    enum Acceptance: UInt8 {
        case no, atEnd, always
    }

    /// The maximum number of states, which bounds the size of one pattern's table.
    static let statesMax = 4_000
    /// The maximum number of steps, which bounds the build time of one pattern.
    private static let workMax = 40_000_000

    /// The class of each byte: bytes of one class have the same transitions in every state.
    private(set) var classes = [UInt8](repeating: 0, count: 256)
    private(set) var classCount = 1
    /// The next state per state and class; state 0 is dead, state 1 is the start.
    private(set) var next: [Int] = []
    private(set) var acceptances: [Acceptance] = []

    init(_ nfa: PatternNFA) throws(PatternError) {
        findClasses(nfa)
        try build(nfa)
        minimise()
    }

    private mutating func findClasses(_ nfa: PatternNFA) {
        var begins = [Bool](repeating: false, count: 257)
        begins[0] = true
        for edge in nfa.states.flatMap(\.edges) {
            begins[Int(edge.bytes.lowerBound)] = true
            begins[Int(edge.bytes.upperBound) + 1] = true
        }
        var current = -1
        for byte in 0..<256 {
            if begins[byte] { current += 1 }
            classes[byte] = UInt8(current)
        }
        classCount = current + 1
    }

    private mutating func build(_ nfa: PatternNFA) throws(PatternError) {
        var closure = PatternClosure(nfa)
        let restart = closure.of([nfa.start], isAtStart: false)
        // The dead state.
        let none = closure.of(restart, isAtStart: false)
        var sets: [[Int]] = [[], closure.of([nfa.start], isAtStart: true)]
        var indexes: [[Int]: Int] = [[]: 0]
        var work = 0
        var index = 0
        // The place of what most classes of most states lead to.
        var noneIndex: Int?
        // The dead state loops; the start may have the dead state's set, yet is a separate state.
        while index < sets.count {
            var acceptance = index == 0 ? .no : closure.acceptance(of: sets[index])
            // Both anchors hold in the empty text only.
            if index == 1, acceptance == .no, closure.acceptsEmpty { acceptance = .atEnd }
            acceptances.append(acceptance)
            if index == 0 || acceptance == .always {
                next += repeatElement(index, count: classCount)
            } else {
                work += (sets[index].count + 1) * classCount
                for targets in targets(of: sets[index], nfa) {
                    if targets.isEmpty {
                        let place = noneIndex ?? Self.place(of: none, &indexes, &sets)
                        noneIndex = place
                        next.append(place)
                    } else {
                        let set = closure.of(targets, isAtStart: false, adding: restart)
                        next.append(Self.place(of: set, &indexes, &sets))
                    }
                }
            }
            index += 1
            guard sets.count <= Self.statesMax, work <= Self.workMax else {
                throw PatternError(
                    "the pattern needs more than \(Self.statesMax) states; bound the length with maxLength instead",
                    at: 0)
            }
        }
    }

    /// The targets of these states' edges, per class.
    private func targets(of set: [Int], _ nfa: PatternNFA) -> [[Int]] {
        var targets = [[Int]](repeating: [], count: classCount)
        for edge in set.lazy.flatMap({ nfa.states[$0].edges }) {
            // A class is a run of bytes that begins where an edge does: an edge takes whole classes.
            for number in classes[Int(edge.bytes.lowerBound)]...classes[Int(edge.bytes.upperBound)] {
                targets[Int(number)].append(edge.target)
            }
        }
        return targets
    }

    private static func place(of set: [Int], _ indexes: inout [[Int]: Int], _ sets: inout [[Int]]) -> Int {
        if let known = indexes[set] { return known }
        indexes[set] = sets.count
        sets.append(set)
        return sets.count - 1
    }

    /// Moore's partition refinement; dead states stay 0 and the start stays 1.
    private mutating func minimise() {
        let living = acceptances.indices.map { state in
            (0..<classCount).filter { next[state * classCount + $0] != 0 }
        }
        var groups = acceptances.map { Int($0.rawValue) }
        var count = Set(groups).count
        while true {
            let (refined, refinedCount) = refine(groups, living)
            groups = refined
            if refinedCount == count { break }
            count = refinedCount
        }
        renumber(groups)
    }

    /// Splits the groups: states stay together if their transitions go to the same groups.
    ///
    /// - Parameter living: the classes, of each state, that do not lead to the dead state: few, in a large table.
    private func refine(_ groups: [Int], _ living: [[Int]]) -> (groups: [Int], count: Int) {
        var firstStates: [Int] = []
        var byHash: [UInt: [Int]] = [:]
        let refined = groups.indices.map { state in
            let hash = hash(state, groups, living[state])
            let alike = byHash[hash]?.first { group in
                let first = firstStates[group]
                return groups[first] == groups[state] && isAlike(first, state, groups, living[first])
                    && isAlike(first, state, groups, living[state])
            }
            if let alike { return alike }
            byHash[hash, default: []].append(firstStates.count)
            firstStates.append(state)
            return firstStates.count - 1
        }
        return (refined, firstStates.count)
    }

    /// FNV-1a over the group of a state and those of its targets, without what leads to the dead state's group.
    private func hash(_ state: Int, _ groups: [Int], _ living: [Int]) -> UInt {
        var hash = UInt(bitPattern: groups[state])
        for number in living {
            let group = groups[next[state * classCount + number]]
            if group != groups[0] { hash = (hash ^ UInt(bitPattern: group << 8 | number)) &* 0x100_0000_01B3 }
        }
        return hash
    }

    /// True if these classes lead from both states to the same groups.
    private func isAlike(_ a: Int, _ b: Int, _ groups: [Int], _ classes: [Int]) -> Bool {
        for number in classes
        where groups[next[a * classCount + number]] != groups[next[b * classCount + number]] { return false }
        return true
    }

    private mutating func renumber(_ groups: [Int]) {
        var numbers: [Int: Int] = [groups[0]: 0]
        var states = [0]
        if numbers[groups[1]] == nil { numbers[groups[1]] = 1 }
        // A dead start still has its own state.
        states.append(1)
        for state in groups.indices.dropFirst(2) where numbers[groups[state]] == nil {
            numbers[groups[state]] = states.count
            states.append(state)
        }
        let old = next
        next = states.flatMap { state in (0..<classCount).map { numbers[groups[old[state * classCount + $0]]] ?? 0 } }
        acceptances = states.map { acceptances[$0] }
    }
}

/// Computes closures over the edges that read no byte.
struct PatternClosure {
    private let nfa: PatternNFA
    private var mark: [Int]
    private var round = 0
    /// The acceptance of each state by itself.
    private let always: [Bool]
    private let atEnd: [Bool]

    init(_ nfa: PatternNFA) {
        self.nfa = nfa
        mark = [Int](repeating: 0, count: nfa.states.count)
        always = nfa.states.indices.map { $0 == nfa.accept }
        atEnd = PatternClosure.endings(nfa)
    }

    /// True if the start reaches acceptance where both anchors hold.
    var acceptsEmpty: Bool {
        var visited: Set<Int> = []
        var waiting = [nfa.start]
        while let index = waiting.popLast() {
            if index == nfa.accept { return true }
            guard visited.insert(index).inserted else { continue }
            let state = nfa.states[index]
            waiting += state.free + state.atStart + state.atEnd
        }
        return false
    }

    /// The states that reach acceptance at the end of the text.
    private static func endings(_ nfa: PatternNFA) -> [Bool] {
        var sources = [[Int]](repeating: [], count: nfa.states.count)
        for (index, state) in nfa.states.enumerated() {
            for target in state.free + state.atEnd { sources[target].append(index) }
        }
        var ends = [Bool](repeating: false, count: nfa.states.count)
        var waiting = [nfa.accept]
        while let state = waiting.popLast() {
            if ends[state] { continue }
            ends[state] = true
            waiting += sources[state]
        }
        return ends
    }

    /// The relevant states among all reached ones, sorted: those that read a byte or accept.
    mutating func of(_ states: [Int], isAtStart: Bool, adding more: [Int] = []) -> [Int] {
        round += 1
        var found: [Int] = []
        var waiting = states + more
        while let index = waiting.popLast() {
            guard mark[index] != round else { continue }
            mark[index] = round
            let state = nfa.states[index]
            if !state.edges.isEmpty || always[index] || atEnd[index] { found.append(index) }
            waiting += state.free
            if isAtStart { waiting += state.atStart }
        }
        return found.sorted()
    }

    func acceptance(of set: [Int]) -> PatternDFA.Acceptance {
        if set.contains(where: { always[$0] }) { return .always }
        return set.contains { atEnd[$0] } ? .atEnd : .no
    }
}
