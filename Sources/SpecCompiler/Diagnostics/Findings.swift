/// Collects what the rules of Check have to say.
struct Findings {
    private(set) var diagnostics: [Diagnostic] = []

    mutating func add(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

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
}
