@testable import SpecCompiler

/// Everything that parsing and checking say about a spec of these files, as it is printed.
func checkFindings(_ files: [String: String]) -> String {
    let files = SpecFiles(
        folder: "", files: files.map { SourceFile(path: $0.key, bytes: Array($0.value.utf8)) })
    let (documents, diagnostics) = SpecLoader.load(files)
    guard let documents else { return DiagnosticPrinter(diagnostics).text }
    return DiagnosticPrinter(diagnostics + Checker.check(documents).diagnostics).text
}
