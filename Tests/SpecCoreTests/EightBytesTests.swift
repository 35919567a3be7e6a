import SpecCore
import Testing

/// What is read and written eight bytes at a time gives what one byte at a time gave, wherever the odd byte stands.
@Suite struct EightBytesTests {
    private static let id = Array("0190a6b2-7C4E-7b1a-9f3d-2f1c5e8a9b00".utf8)

    @Test func takesIdsOfHexadecimalDigitsOnly() {
        let digits = Set("0123456789abcdefABCDEF".utf8)
        for place in Self.id.indices {
            for byte in UInt8.min ... .max {
                var text = Self.id
                text[place] = byte
                let isDash = [8, 13, 18, 23].contains(place)
                let isRight = isDash ? byte == UInt8(ascii: "-") : digits.contains(byte)
                let read = text.withUnsafeBufferPointer { Identifier(utf8: $0) }
                #expect((read != nil) == isRight, "byte \(byte) at \(place)")
                if isRight { #expect(read?.description == String(decoding: text, as: UTF8.self).lowercased()) }
            }
        }
    }

    @Test(arguments: 0..<24)
    func readsBackWhatItWrites(length: Int) throws {
        let odd: [Unicode.Scalar] = ["\"", "\\", "\n", "\u{1}", "\u{7F}", "é", "\u{1F600}"]
        for place in 0...length {
            for scalar in odd {
                var text = String(repeating: "x", count: place)
                text.unicodeScalars.append(scalar)
                text += String(repeating: "y", count: length - place)
                let json = JSON.text { $0.text(text) }
                let rule = TextRule(minimum: length + 1, maximum: length + 1)
                let read = try JSON.read(json) { json throws(JSONFault) -> String? in try json.text(rule) }
                #expect(read.value == text)
                #expect(read.violations == [])
            }
        }
    }

    @Test func findsControlCharactersWhereverTheyStand() {
        for length in 0..<20 {
            for place in 0...length {
                let text =
                    String(repeating: "x", count: place) + "\u{1F}" + String(repeating: "y", count: length - place)
                #expect(throws: (any Error).self) {
                    try JSON.read("\"\(text)\"") { json throws(JSONFault) -> String? in try json.text() }
                }
            }
        }
    }

    /// `^[^\u0000]*$`: the second state is a dead end, the first stays on everything else.
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

    @Test func growsBehindWhatWasWritten() {
        let long = String(repeating: "0123456789\n", count: 500)
        let text = JSON.text { json in
            json.beginArray()
            for _ in 0..<3 {
                json.element()
                json.text(long)
            }
            json.endArray()
        }
        let escaped = "\"" + long.replacing("\n", with: "\\n") + "\""
        #expect(text == "[\(escaped),\(escaped),\(escaped)]")
    }

    @Test(arguments: [(0, "0.000"), (7, "0.007"), (1_250, "1.250"), (86_400_000, "86400.000")] as [(Int64, String)])
    func writesThousandths(value: Int64, text: String) {
        #expect(JSON.text { $0.thousandths(value) } == text)
    }
}
