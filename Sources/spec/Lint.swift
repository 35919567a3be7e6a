import ArgumentParser
import SpecCompiler

/// `spec lint [DIR]`: prints what is wrong with a spec.
struct Lint: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Checks a spec.",
        discussion: "Exits with 0 when there are no errors (warnings are allowed), 1 when there are, 2 on wrong use.")

    @Argument(help: "The folder that holds openapi.yaml.")
    var folder = "spec"

    func run() throws {
        let files = try SpecFolder(path: folder).read()
        let diagnostics = Compiler.lint(files: files)
        Console.print(diagnostics.isEmpty ? "no findings\n" : DiagnosticPrinter(diagnostics).text)
        if diagnostics.hasErrors { throw ExitCode(1) }
    }
}
