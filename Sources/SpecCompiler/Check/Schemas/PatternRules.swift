/// Rejects patterns that cannot be compiled to a DFA, at the unsupported character.
struct PatternRules {
    private let patterns: PatternCache
    var findings = Findings()

    init(_ patterns: PatternCache) {
        self.patterns = patterns
    }

    mutating func check(_ schemas: [Node]) {
        for schema in schemas {
            guard let pattern = schema["pattern"], let source = pattern.string else { continue }
            switch patterns.compile(source) {
            case .failure(let error):
                findings.error("pattern", error.message, at: pattern.place(of: error.offset..<error.offset + 1))
            case .success(let model) where model.matchesNothing:
                findings.error(
                    "pattern", "no text matches this pattern", at: pattern.location,
                    help: source.hasPrefix("/") && source.hasSuffix("/") ? "write it without the slashes" : nil)
            case .success: break
            }
        }
    }
}
