/// Prints all findings of a run, sorted by location, in the compilers' format that swift build and editors recognise.
package struct DiagnosticPrinter: Sendable {
    /// The maximum number of findings printed unless all are asked for; the rest are only counted.
    private static let printedMax = 100

    private let diagnostics: [Diagnostic]

    /// Sorts the findings and removes duplicates.
    package init(_ diagnostics: [Diagnostic]) {
        self.diagnostics = Self.distinct(diagnostics.sorted(by: Self.precedes))
    }

    /// The whole text, each line ended by a newline; empty when there are no findings.
    package var text: String { text(printsAll: false) }

    /// The whole text, of the first findings only or of all.
    package func text(printsAll: Bool) -> String {
        guard !diagnostics.isEmpty else { return "" }
        let printed = printsAll ? diagnostics.count : Self.printedMax
        var parts = diagnostics.prefix(printed).map(Self.text)
        if diagnostics.count > printed { parts.append("… and \(diagnostics.count - printed) more\n") }
        return parts.joined() + summary + "\n"
    }

    /// The counts, such as "2 errors, 1 warning".
    package var summary: String {
        let errors = diagnostics.count { $0.severity == .error }
        let counts = [(errors, "error"), (diagnostics.count - errors, "warning")]
        return counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }.joined(separator: ", ")
    }

    // MARK: One finding

    private static func text(_ diagnostic: Diagnostic) -> String {
        var text = line(
            diagnostic.location,
            "\(diagnostic.severity.rawValue): \(PlainText.message(diagnostic.message)) [\(diagnostic.rule)]")
        text += Excerpt(diagnostic.location).text
        for note in diagnostic.notes {
            text += line(note.location, "note: \(PlainText.message(note.message))")
            text += Excerpt(note.location).text
        }
        if let help = diagnostic.help { text += "help: \(PlainText.message(help))\n" }
        return text
    }

    private static func line(_ location: Location, _ message: String) -> String {
        let start = location.start
        return "\(PlainText.message(location.file.path)):\(start.line):\(start.column): \(message)\n"
    }

    // MARK: Order

    private static func precedes(_ a: Diagnostic, _ b: Diagnostic) -> Bool {
        key(a) < key(b)
    }

    private static func key(_ diagnostic: Diagnostic) -> (String, Position, Position, String, String) {
        let location = diagnostic.location
        return (location.file.path, location.start, location.end, diagnostic.rule, diagnostic.message)
    }

    private static func distinct(_ sorted: [Diagnostic]) -> [Diagnostic] {
        var distinct: [Diagnostic] = []
        for diagnostic in sorted {
            if let last = distinct.last, key(last) == key(diagnostic) { continue }
            distinct.append(diagnostic)
        }
        return distinct
    }
}
