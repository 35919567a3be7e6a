/// An error or warning about one place of the spec.
package struct Diagnostic: Sendable {
    package enum Severity: String, Sendable {
        case error, warning
    }

    /// Another place that explains the finding, such as an earlier declaration.
    package struct Note: Sendable {
        package let message: String
        package let location: Location

        package init(_ message: String, at location: Location) {
            self.message = message
            self.location = location
        }
    }

    package let severity: Severity
    /// True for a warning that a strict spec (`x-spec: {strict: true}`, `spec lint --strict`) has as an error.
    package let isErrorIfStrict: Bool
    /// The stable name of the rule, in kebab-case, printed in brackets.
    package let rule: String
    /// The message: the problem, and what would be right.
    package let message: String
    package let location: Location
    package let notes: [Note]
    /// A hint for the fix, if the message does not give it: "did you mean 'minLength'?".
    package let help: String?

    package init(
        _ severity: Severity = .error, rule: String, _ message: String, at location: Location,
        notes: [Note] = [], help: String? = nil, isErrorIfStrict: Bool = false
    ) {
        self.severity = severity
        self.isErrorIfStrict = isErrorIfStrict
        self.rule = rule
        self.message = message
        self.location = location
        self.notes = notes
        self.help = help
    }
}

extension Diagnostic {
    /// The same finding with a further note.
    func adding(_ note: Note) -> Diagnostic {
        Diagnostic(
            severity, rule: rule, message, at: location, notes: notes + [note], help: help,
            isErrorIfStrict: isErrorIfStrict)
    }

    /// The same finding in a strict spec.
    var strict: Diagnostic {
        guard isErrorIfStrict else { return self }
        return Diagnostic(.error, rule: rule, message, at: location, notes: notes, help: help)
    }
}
