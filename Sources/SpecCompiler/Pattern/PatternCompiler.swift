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
