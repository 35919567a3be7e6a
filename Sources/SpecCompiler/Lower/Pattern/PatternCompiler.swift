/// Makes an automaton of a `pattern`: linear in the text, whatever the pattern is.
package enum PatternCompiler {
    /// The automaton in the form that SpecCore's `Pattern` takes, or why there is none.
    package static func compile(_ source: String) -> Result<PatternModel, PatternError> {
        Result { () throws(PatternError) in
            let dfa = try PatternDFA(PatternNFA(PatternParser.parse(source)))
            return PatternModel(
                source: source, classes: hexadecimal(dfa.classes.map { Int($0) }, 2), classCount: dfa.classCount,
                transitions: hexadecimal(dfa.next, 4),
                accepting: hexadecimal(dfa.acceptances.map { Int($0.rawValue) }, 1))
        }
    }

    /// Numbers of so many digits each, in one text.
    private static func hexadecimal(_ numbers: [Int], _ count: Int) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(unsafeUninitializedCapacity: numbers.count * count) { text in
            for (index, number) in numbers.enumerated() {
                for place in 0..<count {
                    text[index * count + place] = digits[number >> ((count - 1 - place) * 4) & 15]
                }
            }
            return numbers.count * count
        }
    }
}

extension PatternModel {
    /// Whether the text has a match: what the run time will say.
    package func matches(_ text: String) -> Bool {
        let classes = Array(classes.utf8)
        let transitions = Array(transitions.utf8)
        let accepting = Array(accepting.utf8)
        var state = 1
        for byte in text.utf8 {
            if accepting[state] == UInt8(ascii: "2") { return true }
            let place = Self.number(classes, Int(byte) * 2, 2)
            state = Self.number(transitions, (state * classCount + place) * 4, 4)
            if state == 0 { return false }
        }
        return accepting[state] != UInt8(ascii: "0")
    }

    private static func number(_ digits: [UInt8], _ start: Int, _ count: Int) -> Int {
        digits[start..<start + count].reduce(0) { $0 << 4 | Int($1 > 0x39 ? $1 - 0x57 : $1 - 0x30) }
    }
}
