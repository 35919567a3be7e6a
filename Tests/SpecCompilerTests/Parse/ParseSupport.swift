@testable import SpecCompiler

func source(_ text: String, path: String = "spec/openapi.yaml") -> SourceFile {
    SourceFile(path: path, bytes: Array(text.utf8))
}

func parse(_ text: String, path: String = "spec/openapi.yaml") -> SpecParser.Document {
    SpecParser().parse(source(text, path: path))
}

/// Everything the parser says about a text, as it is printed.
func findings(_ text: String, path: String = "spec/openapi.yaml") -> String {
    DiagnosticPrinter(parse(text, path: path).diagnostics).text
}

func findings(bytes: [UInt8], path: String = "spec/openapi.yaml") -> String {
    DiagnosticPrinter(SpecParser().parse(SourceFile(path: path, bytes: bytes)).diagnostics).text
}

/// Whether the work ends within the bound that hostile input must keep; generous, for debug builds on busy machines.
func endsInTime(_ work: () -> Void) -> Bool {
    ContinuousClock().measure(work) < .seconds(10)
}
