import TestSupport

@testable import SpecCompiler

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

func source(_ text: String, path: String = "spec/openapi.yaml") -> SourceFile {
    SourceFile(path: path, bytes: Array(text.utf8))
}

func parse(_ text: String, path: String = "spec/openapi.yaml") -> SpecParser.Document {
    SpecParser().parse(source(text, path: path))
}

/// Returns the printed diagnostics of the parser for a text.
func findings(_ text: String, path: String = "spec/openapi.yaml") -> String {
    DiagnosticPrinter(parse(text, path: path).diagnostics).text
}

func findings(bytes: [UInt8], path: String = "spec/openapi.yaml") -> String {
    DiagnosticPrinter(SpecParser().parse(SourceFile(path: path, bytes: bytes)).diagnostics).text
}

/// Indicates whether the work ends within the time bound for hostile input; generous, for debug builds.
///
/// Measures the thread's CPU time, so a busy machine does not matter.
func endsInTime(_ work: () -> Void) -> Bool {
    let before = threadSeconds()
    work()
    return threadSeconds() - before < 5 * TestPace.slowdown
}

private func threadSeconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}
