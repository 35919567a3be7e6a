/// The decoded automaton of a pattern: the one implementation of matching, for the run time and for the compiler.
package final class PatternTable: Sendable {
    private let classes: [UInt8]
    private let classCount: Int
    private let next: [UInt16]
    private let accepting: [UInt8]
    /// True if a state stays the same on every byte from 0x20 to 0x7E: sixteen of them then cost one step.
    private let staysOnPrintable: [Bool]

    /// Decodes the digits that ``Pattern`` describes.
    package init(
        classes: UnsafeBufferPointer<UInt8>, classCount: Int, transitions: UnsafeBufferPointer<UInt8>,
        accepting: UnsafeBufferPointer<UInt8>
    ) {
        self.classes = (0..<256).map { UInt8(PatternTable.number(classes, $0 * 2, 2)) }
        self.classCount = classCount
        next = (0..<transitions.count / 4).map { PatternTable.number(transitions, $0 * 4, 4) }
        staysOnPrintable = accepting.indices.map { [classes = self.classes, next] state in
            (0x20...0x7E).allSatisfy { Int(next[state * classCount + Int(classes[$0])]) == state }
        }
        self.accepting = accepting.map { $0 - UInt8(ascii: "0") }
    }

    /// The bytes of a literal, which live as long as the program.
    static func bytes(_ literal: StaticString) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount)
    }

    private static func number(_ digits: UnsafeBufferPointer<UInt8>, _ start: Int, _ count: Int) -> UInt16 {
        digits[start..<start + count].reduce(0) { $0 << 4 | UInt16(Hexadecimal.value(of: $1) ?? 0) }
    }

    /// True if the text has a match.
    package func matches(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { matches($0) }
    }

    private func matches(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
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

    /// The first index from `index` on whose byte is not 0x20 to 0x7E, or an index within the last eight bytes.
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

    /// The high bits of those bytes that are above 0x7F, 0x7F itself, or below 0x20. Only the lowest set bit is exact.
    private static func others(_ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        return (word | (word &+ ones) | (word &- ones &* 0x20)) & highs
    }

    /// True if any of sixteen bytes is not 0x20 to 0x7E.
    @inline(__always) private static func hasOthers(_ words: SIMD2<UInt64>) -> Bool {
        let ones = SIMD2<UInt64>(repeating: 0x0101_0101_0101_0101)
        let others = words | (words &+ ones) | (words &- ones &* 0x20)
        return (others[0] | others[1]) & 0x8080_8080_8080_8080 != 0
    }
}
