/// Refuses patterns that no automaton can hold, at the character that is to blame.
struct PatternRules {
    private let patterns: PatternCache
    var findings = Findings()

    init(_ patterns: PatternCache) {
        self.patterns = patterns
    }

    mutating func check(_ schemas: [Node]) {
        for schema in schemas {
            guard let pattern = schema["pattern"], let source = pattern.string,
                case .failure(let error) = patterns.compile(source)
            else { continue }
            findings.error("pattern", error.message, at: pattern.place(of: error.offset..<error.offset + 1))
        }
    }
}
