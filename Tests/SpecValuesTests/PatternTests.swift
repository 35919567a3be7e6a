import SpecValues
import Testing

/// Patterns as tables, read eight bytes at a time.
@Suite struct PatternTests {
    /// `^[^\u0000]*$`: the second state is dead, the first stays on every other byte.
    @Test func matchesPatternsWhereverTheOddByteStands() {
        let pattern = Pattern(
            "^[^\\u0000]*$",
            classes: """
                0001010101010101010101010101010101010101010101010101010101010101\
                0101010101010101010101010101010101010101010101010101010101010101\
                0101010101010101010101010101010101010101010101010101010101010101\
                0101010101010101010101010101010101010101010101010101010101010101\
                0101010101010101010101010101010101010101010101010101010101010101\
                0101010101010101010101010101010101010101010101010101010101010101\
                0101010101010101010101010101010101010101010101010101010101010101\
                0101010101010101010101010101010101010101010101010101010101010101
                """, classCount: 2, transitions: "0000000000000001", accepting: "01")
        for length in 0..<20 {
            #expect(pattern.matches(String(repeating: "a", count: length)))
            for place in 0...length {
                let (before, after) = (
                    String(repeating: "a", count: place), String(repeating: "b", count: length - place)
                )
                #expect(!pattern.matches(before + "\u{0}" + after))
                for fine in ["\u{1}", "\n", "\u{7F}", "é"] { #expect(pattern.matches(before + fine + after)) }
            }
        }
    }
}
