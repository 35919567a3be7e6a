import ArgumentParser
import Foundation
import SpecCompiler

/// `spec generate`: generates the Swift files of a spec; the build runs it through SpecPlugin.
struct Generate: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Generates Swift code from a spec.")

    @Option(help: "The folder of the spec.")
    var spec: String

    @Option(help: "The folder to write to.")
    var out: String

    @Option(help: "The base folder of printed paths.")
    var root = FileManager.default.currentDirectoryPath

    @Option(help: "The number of files that the models are distributed over.")
    var shards = 4

    @Option(name: .customLong("output"), help: "A file that the build expects; repeat it for each one.")
    var expected: [String] = []

    @Argument(help: "The files of the spec; all files of its folder when none are given.")
    var files: [String] = []

    func validate() throws {
        guard (1...99).contains(shards) else { throw ValidationError("--shards must be 1 to 99.") }
    }

    func run() throws {
        let files = try readFiles()
        let options = GenerateOptions(plan: OutputPlan(documents: Array(files.files.keys), shards: shards))
        let generation = Compiler.generate(files: files, options: options)
        Console.error(DiagnosticPrinter(generation.diagnostics).text)
        if generation.diagnostics.hasErrors { throw ExitCode(1) }
        try OutputFolder(path: out).write(generation.outputs, names: names(options.plan))
        Console.print(generation.coverage.line + "\n")
    }

    private func readFiles() throws -> SpecFiles {
        if files.isEmpty { return try SpecFolder(path: spec).read() }
        let read = try files.map { try SpecFile.read($0, shownAs: SpecFolder.relative($0, to: root)) }
        let found = SpecFiles(folder: SpecFolder.relative(spec, to: root), files: read)
        guard found.rootPath != nil else {
            throw ValidationError("The files do not include '\(spec)/\(SpecFiles.rootNames[0])'.")
        }
        return found
    }

    private func names(_ plan: OutputPlan) -> Set<String> {
        Set(expected.isEmpty ? plan.names : expected)
    }
}
