import SpecCore
import Testing

/// Reading and writing eight bytes at a time gives the same result as one byte at a time, at every offset of the odd
/// byte.
@Suite struct EightBytesTests {
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
