/// The diagnostics collected by the rules of Check.
struct Findings {
    private(set) var diagnostics: [Diagnostic] = []

    mutating func add(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

    /// Adds a note to the finding at an index.
    mutating func note(_ message: String, at location: Location, on index: Int) {
        diagnostics[index] = diagnostics[index].adding(Diagnostic.Note(message, at: location))
    }

    mutating func add(_ others: Findings) { diagnostics += others.diagnostics }

    mutating func add(
        _ severity: Diagnostic.Severity, _ rule: String, _ message: String, at location: Location,
        notes: [Diagnostic.Note]
    ) {
        diagnostics.append(Diagnostic(severity, rule: rule, message, at: location, notes: notes))
    }

    mutating func error(
        _ rule: String, _ message: String, at location: Location, notes: [Diagnostic.Note] = [], help: String? = nil
    ) {
        diagnostics.append(Diagnostic(rule: rule, message, at: location, notes: notes, help: help))
    }

    mutating func warning(
        _ rule: String, _ message: String, at location: Location, notes: [Diagnostic.Note] = [], help: String? = nil
    ) {
        diagnostics.append(Diagnostic(.warning, rule: rule, message, at: location, notes: notes, help: help))
    }

    /// Adds a finding about what the standard allows: a warning, or an error in a strict spec.
    mutating func lenient(
        _ rule: String, _ message: String, at location: Location, notes: [Diagnostic.Note] = [], help: String? = nil
    ) {
        diagnostics.append(
            Diagnostic(.warning, rule: rule, message, at: location, notes: notes, help: help, isErrorIfStrict: true))
    }

    /// Adds a lenient finding, or else an error.
    mutating func add(
        _ isLenient: Bool, _ rule: String, _ message: String, at location: Location, notes: [Diagnostic.Note] = [],
        help: String? = nil
    ) {
        if isLenient {
            lenient(rule, message, at: location, notes: notes, help: help)
        } else {
            error(rule, message, at: location, notes: notes, help: help)
        }
    }
}
