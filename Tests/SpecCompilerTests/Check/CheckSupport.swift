@testable import SpecCompiler

/// Returns the findings of parsing and checking a spec, one line each: location, message, notes, help.
func checkFindings(_ files: [String: String]) -> [String] {
    let (documents, diagnostics) = SpecLoader.load(specFiles(files))
    let found = documents.map { Checker.check($0, PatternCache()).diagnostics } ?? []
    let sorted = (diagnostics + found).sorted { $0.location.start < $1.location.start }
    // The printer shows equal findings once.
    return sorted.map(FindingText.line).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
}

func checkFindings(_ text: String) -> [String] { checkFindings(["openapi.yaml": text]) }

func specFiles(_ files: [String: String]) -> SpecFiles {
    SpecFiles(folder: "", files: files.map { SourceFile(path: $0.key, bytes: Array($0.value.utf8)) })
}

/// A finding in one line, without excerpts.
enum FindingText {
    static func line(_ finding: Diagnostic) -> String {
        var text = "\(place(finding.location)): \(finding.severity): \(finding.message) [\(finding.rule)]"
        for note in finding.notes { text += " (\(place(note.location)): \(note.message))" }
        if let help = finding.help { text += " {\(help)}" }
        return text
    }

    private static func place(_ location: Location) -> String {
        let file = location.file.path == "openapi.yaml" ? "" : location.file.path + ":"
        return file + "\(location.start.line):\(location.start.column)"
    }
}
