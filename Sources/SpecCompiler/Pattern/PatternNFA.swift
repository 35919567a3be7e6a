/// A nondeterministic finite automaton (NFA) over UTF-8 bytes (Thompson's construction).
struct PatternNFA {
    struct Edge: Hashable {
        let bytes: ClosedRange<UInt8>
        let target: Int
    }

    struct State {
        var edges: [Edge] = []
        /// Taken without reading anything.
        var free: [Int] = []
        /// Taken only before the first byte.
        var atStart: [Int] = []
        /// Taken only after the last byte.
        var atEnd: [Int] = []
    }

    /// The maximum number of states.
    static let statesMax = 20_000

    private(set) var states: [State] = []
    private(set) var start = 0
    private(set) var accept = 0

    init(_ tree: PatternTree) throws(PatternError) {
        accept = try add()
        start = try build(tree, to: accept)
    }

    private mutating func add() throws(PatternError) -> Int {
        guard states.count < Self.statesMax else {
            throw PatternError(
                "the pattern needs more than \(Self.statesMax) states; bound the length with maxLength instead", at: 0)
        }
        states.append(State())
        return states.count - 1
    }

    /// Builds the tree backwards, so that it ends in `next`; returns where it begins.
    private mutating func build(_ tree: PatternTree, to next: Int) throws(PatternError) -> Int {
        switch tree {
        case .empty: return next
        case .set(let set): return try scalar(of: set, to: next)
        case .sequence(let items):
            var target = next
            for item in items.reversed() { target = try build(item, to: target) }
            return target
        case .choice(let branches):
            let state = try add()
            for branch in branches { states[state].free.append(try build(branch, to: next)) }
            return state
        case .repeated(let item, let minimum, let maximum):
            return try repeated(item, minimum, maximum, to: next)
        case .start:
            let state = try add()
            states[state].atStart.append(next)
            return state
        case .end:
            let state = try add()
            states[state].atEnd.append(next)
            return state
        }
    }

    private mutating func repeated(
        _ item: PatternTree, _ minimum: Int, _ maximum: Int?, to next: Int
    ) throws(PatternError) -> Int {
        var target = next
        if let maximum {
            for _ in minimum..<max(minimum, maximum) {
                let state = try add()
                states[state].free = [try build(item, to: target), next]
                target = state
            }
        } else {
            let loop = try add()
            states[loop].free = [try build(item, to: loop), next]
            target = loop
        }
        for _ in 0..<minimum { target = try build(item, to: target) }
        return target
    }

    private mutating func scalar(of set: ScalarSet, to next: Int) throws(PatternError) -> Int {
        let state = try add()
        // Scalars with the same last bytes share states, or a large set would have a state for each of its ranges.
        var ends: [Edge: Int] = [:]
        for range in set.ranges {
            for sequence in UTF8Ranges.sequences(of: range) {
                var target = next
                for bytes in sequence.dropFirst().reversed() {
                    target = try end(Edge(bytes: bytes, target: target), &ends)
                }
                states[state].edges.append(Edge(bytes: sequence[0], target: target))
            }
        }
        return state
    }

    /// Returns the state with only this edge.
    private mutating func end(_ edge: Edge, _ ends: inout [Edge: Int]) throws(PatternError) -> Int {
        if let known = ends[edge] { return known }
        let state = try add()
        states[state].edges.append(edge)
        ends[edge] = state
        return state
    }
}

/// Splits ranges of scalars into ranges of UTF-8 bytes.
enum UTF8Ranges {
    static func sequences(of range: ClosedRange<UInt32>) -> [[ClosedRange<UInt8>]] {
        let limits: [ClosedRange<UInt32>] = [0...0x7F, 0x80...0x7FF, 0x800...0xFFFF, 0x10000...0x10FFFF]
        return limits.filter { $0.overlaps(range) }.flatMap { split(range.clamped(to: $0)) }
    }

    /// Splits scalars with encodings of equal length until each byte is a range of its own.
    private static func split(_ range: ClosedRange<UInt32>) -> [[ClosedRange<UInt8>]] {
        let low = encode(range.lowerBound)
        let high = encode(range.upperBound)
        for index in 1..<max(low.count, 1) {
            let mask = (UInt32(1) << (6 * UInt32(index))) - 1
            guard range.lowerBound & ~mask != range.upperBound & ~mask else { continue }
            if range.lowerBound & mask != 0 {
                return split(range.lowerBound...(range.lowerBound | mask))
                    + split((range.lowerBound | mask) + 1...range.upperBound)
            }
            if range.upperBound & mask != mask {
                return split(range.lowerBound...(range.upperBound & ~mask) - 1)
                    + split((range.upperBound & ~mask)...range.upperBound)
            }
        }
        return [zip(low, high).map { $0...$1 }]
    }

    private static func encode(_ value: UInt32) -> [UInt8] {
        func tail(_ shift: UInt32) -> UInt8 { 0x80 | UInt8(value >> shift & 0x3F) }
        switch value {
        case ..<0x80: return [UInt8(value)]
        case ..<0x800: return [0xC0 | UInt8(value >> 6), tail(0)]
        case ..<0x10000: return [0xE0 | UInt8(value >> 12), tail(6), tail(0)]
        default: return [0xF0 | UInt8(value >> 18), tail(12), tail(6), tail(0)]
        }
    }
}
