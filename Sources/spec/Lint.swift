import ArgumentParser
import SpecCompiler

/// `spec lint [DIR]`: checks a spec and prints the diagnostics.
struct Lint: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Checks a spec.",
        discussion: "Exits with 0 if there are no errors (warnings are allowed), 1 if there are, 2 on a usage error.")

    @Argument(help: "The folder that holds openapi.yaml.")
    var folder = "spec"

    @Flag(help: "Report what the standard allows, but has no effect, as errors.")
    var strict = false

    @Flag(help: "Print every finding; otherwise the first 100.")
    var all = false

    func run() throws {
        let files = try SpecFolder(path: folder).read()
        let diagnostics = Compiler.lint(files: files, isStrict: strict)
        Console.print(diagnostics.isEmpty ? "no findings\n" : DiagnosticPrinter(diagnostics).text(printsAll: all))
        if diagnostics.hasErrors { throw ExitCode(1) }
    }
}
