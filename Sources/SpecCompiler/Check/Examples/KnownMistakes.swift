/// The mistakes in schemas by their places, so that an example which one of them hits is no finding of its own.
struct KnownMistakes {
    private struct Place: Hashable {
        let file: ObjectIdentifier
        let start: Position

        init(_ location: Location) {
            file = ObjectIdentifier(location.file)
            start = location.start
        }
    }

    /// The index of the error at a place.
    private var mistakes: [Place: Int] = [:]
    /// The index of the finding that explains only what this very place rejects: a warning, or an error noted here.
    private var noted: [Place: Int] = [:]
    private var notes: [Int: Int] = [:]

    /// The maximum number of examples noted per mistake.
    private static let notesMax = 3

    init(_ findings: Findings) {
        for (index, finding) in findings.diagnostics.enumerated() {
            if finding.severity == .error {
                mistakes[Place(finding.location)] = index
                for note in finding.notes { noted[Place(note.location)] = index }
            } else if finding.help?.hasPrefix(Suggestion.question) == true {
                // A name that was probably meant to be another.
                noted[Place(finding.location)] = index
            }
        }
    }

    mutating func add(_ finding: Int, at rule: Location) {
        mistakes[Place(rule)] = finding
    }

    /// The index of the finding about the rule that is violated, or else about another keyword of the same schema.
    func mistake(behind violation: SchemaValidator.Violation) -> Int? {
        mistakes[Place(violation.rule)] ?? noted[Place(violation.rule)]
            ?? violation.schema?.members.lazy
            .compactMap { mistakes[Place($0.keyLocation)] ?? mistakes[Place($0.value.location)] }.first
    }

    /// Counts a note of a finding; false if it has enough of them.
    mutating func mayNote(_ finding: Int) -> Bool {
        notes[finding, default: 0] += 1
        return notes[finding, default: 0] <= Self.notesMax
    }
}
