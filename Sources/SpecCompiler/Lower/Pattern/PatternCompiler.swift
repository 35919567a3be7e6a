/// Makes an automaton of a `pattern`: linear in the text, whatever the pattern is.
package enum PatternCompiler {
    /// The automaton in the form that SpecCore's `Pattern` takes, or why there is none.
    package static func compile(_ source: String) -> Result<PatternModel, PatternError> {
        Result { () throws(PatternError) in
            let dfa = try PatternDFA(PatternNFA(PatternParser.parse(source)))
            return PatternModel(
                source: source, classes: dfa.classes.map { hexadecimal(Int($0), 2) }.joined(),
                classCount: dfa.classCount, transitions: dfa.next.map { hexadecimal($0, 4) }.joined(),
                accepting: dfa.acceptances.map { "\($0.rawValue)" }.joined())
        }
    }

    private static func hexadecimal(_ value: Int, _ count: Int) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: count - digits.count) + digits
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
