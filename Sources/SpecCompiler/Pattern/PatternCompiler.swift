/// Makes an automaton of a `pattern`: linear in the text, whatever the pattern is.
package enum PatternCompiler {
    /// The automaton in the form that SpecCore's `Pattern` takes, or why there is none.
    package static func compile(_ source: String) -> Result<PatternModel, PatternError> {
        Result { () throws(PatternError) in
            let dfa = try PatternDFA(PatternNFA(PatternParser.parse(source)))
            return PatternModel(
                source: source, classes: hexadecimal(dfa.classes.map(Int.init), 2),
                classCount: dfa.classCount, transitions: hexadecimal(dfa.next, 4),
                accepting: dfa.acceptances.map { "\($0.rawValue)" }.joined())
        }
    }

    /// Numbers one behind the other, each with the same count of digits.
    private static func hexadecimal(_ values: [Int], _ count: Int) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var written: [UInt8] = []
        written.reserveCapacity(values.count * count)
        for value in values {
            for place in (0..<count).reversed() { written.append(digits[value >> (place * 4) & 15]) }
        }
        return String(decoding: written, as: UTF8.self)
    }
}
