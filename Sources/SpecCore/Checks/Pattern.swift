/// A `pattern` of the spec, made into a table at build time: one step per byte, no backtracking.
///
/// The automaton reads UTF-8 bytes. State 0 is dead: nothing that follows can match. State 1 is the start.
public struct Pattern: Sendable {
    /// The pattern as the spec has it, for messages.
    public let source: StaticString
    /// The same in words, where the pattern is too long to be shown to people.
    public let meaning: StaticString?
    /// 256 digits: the class of each byte, as two hexadecimal characters.
    let classes: StaticString
    let classCount: Int
    /// For each state and class the next state, as four hexadecimal characters.
    let transitions: StaticString
    /// For each state `0` (no match), `1` (a match if the text ends here) or `2` (a match whatever follows).
    let accepting: StaticString
    private let table: PatternTable

    public init(
        _ source: StaticString, classes: StaticString, classCount: Int, transitions: StaticString,
        accepting: StaticString, meaning: StaticString? = nil
    ) {
        self.source = source
        self.meaning = meaning
        self.classes = classes
        self.classCount = classCount
        self.transitions = transitions
        self.accepting = accepting
        table = PatternTable(classes, classCount, transitions, accepting)
    }

    /// Whether the text has a match, anywhere, as `pattern` means it.
    public func matches(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { table.matches($0) }
    }

    /// The sentence for the client.
    public var detail: String { meaning.map { "Expected: \($0)" } ?? "Expected text that matches \(source)." }
}

/// The automaton in the form that runs: read once from its literals.
final class PatternTable: Sendable {
    private let classes: [UInt8]
    private let classCount: Int
    private let next: [UInt16]
    private let accepting: [UInt8]
    /// Whether a state stays itself on every byte from 0x20 to 0x7E: sixteen of them then cost one step.
    private let staysOnPrintable: [Bool]

    init(_ classes: StaticString, _ classCount: Int, _ transitions: StaticString, _ accepting: StaticString) {
        self.classes = (0..<256).map { UInt8(PatternTable.hexadecimal(classes, $0 * 2, 2)) }
        self.classCount = classCount
        next = (0..<transitions.utf8CodeUnitCount / 4).map { PatternTable.hexadecimal(transitions, $0 * 4, 4) }
        staysOnPrintable = (0..<accepting.utf8CodeUnitCount).map { [classes = self.classes, next] state in
            (0x20...0x7E).allSatisfy { Int(next[state * classCount + Int(classes[$0])]) == state }
        }
        self.accepting = (0..<accepting.utf8CodeUnitCount).map { accepting.utf8Start[$0] - UInt8(ascii: "0") }
    }

    private static func hexadecimal(_ text: StaticString, _ start: Int, _ count: Int) -> UInt16 {
        (start..<start + count).reduce(0) { $0 << 4 | UInt16(Hexadecimal.value(of: text.utf8Start[$1]) ?? 0) }
    }

    func matches(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var state = 1
        var index = 0
        while index < bytes.count {
            if accepting[state] == 2 { return true }
            if staysOnPrintable[state] { index = PatternTable.endOfPrintable(bytes, index) }
            guard index < bytes.count else { break }
            state = Int(next[state * classCount + Int(classes[Int(bytes[index])])])
            if state == 0 { return false }
            index += 1
        }
        return accepting[state] != 0
    }

    /// The first place from `index` on whose byte is not 0x20 to 0x7E, or one of the last eight places.
    private static func endOfPrintable(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int {
        let base = UnsafeRawPointer(bytes.baseAddress!)
        var index = index
        while index + 16 <= bytes.count {
            let words = base.loadUnaligned(fromByteOffset: index, as: SIMD2<UInt64>.self)
            if hasOthers(words) { break }
            index += 16
        }
        while index + 8 <= bytes.count {
            let others = others(UInt64(littleEndian: base.loadUnaligned(fromByteOffset: index, as: UInt64.self)))
            if others != 0 { return index + (others.trailingZeroBitCount >> 3) }
            index += 8
        }
        return index
    }

    /// The high bits of those bytes that are above 0x7F, 0x7F itself, or below 0x20. The lowest bit that is set is right.
    private static func others(_ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        return (word | (word &+ ones) | (word &- ones &* 0x20)) & highs
    }

    /// Whether there is one among sixteen bytes.
    @inline(__always) private static func hasOthers(_ words: SIMD2<UInt64>) -> Bool {
        let ones = SIMD2<UInt64>(repeating: 0x0101_0101_0101_0101)
        let others = words | (words &+ ones) | (words &- ones &* 0x20)
        return (others[0] | others[1]) & 0x8080_8080_8080_8080 != 0
    }
}
