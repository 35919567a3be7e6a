import SpecValues

/// Compiles a `pattern` to a DFA, which matches in linear time for any pattern.
package enum PatternCompiler {
    /// Returns the automaton in the form that SpecCore's `Pattern` takes, or the error in the pattern.
    package static func compile(_ source: String) -> Result<PatternModel, PatternError> {
        Result { () throws(PatternError) in
            let dfa = try PatternDFA(PatternNFA(PatternParser.parse(source)))
            return PatternModel(
                source: source, classes: hexadecimal(dfa.classes.map(Int.init), 2),
                classCount: dfa.classCount, transitions: hexadecimal(dfa.next, 4),
                accepting: dfa.acceptances.map { "\($0.rawValue)" }.joined())
        }
    }

    /// Encodes numbers in sequence, each with the same number of digits.
    private static func hexadecimal(_ values: [Int], _ count: Int) -> String {
        var written: [UInt8] = []
        written.reserveCapacity(values.count * count)
        for value in values {
            for place in (0..<count).reversed() { written.append(Hexadecimal.digit(UInt8(value >> (place * 4) & 15))) }
        }
        return String(decoding: written, as: UTF8.self)
    }
}
