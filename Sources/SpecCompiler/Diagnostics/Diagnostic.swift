/// What the compiler has to say about one place of the spec.
package struct Diagnostic: Sendable {
    package enum Severity: String, Sendable {
        case error, warning
    }

    /// Points to another place that explains the finding, such as an earlier declaration.
    package struct Note: Sendable {
        package let message: String
        package let location: Location

        package init(_ message: String, at location: Location) {
            self.message = message
            self.location = location
        }
    }

    package let severity: Severity
    /// The stable name of the rule, in kebab-case, printed in brackets.
    package let rule: String
    /// What is wrong, and what would be right.
    package let message: String
    package let location: Location
    package let notes: [Note]
    /// What would be right, when the message does not say it: "did you mean 'minLength'?".
    package let help: String?

    package init(
        _ severity: Severity = .error, rule: String, _ message: String, at location: Location,
        notes: [Note] = [], help: String? = nil
    ) {
        self.severity = severity
        self.rule = rule
        self.message = message
        self.location = location
        self.notes = notes
        self.help = help
    }
}
