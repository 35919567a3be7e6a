import ArgumentParser
import Foundation
import SpecCompiler

/// `spec generate`: writes the Swift files a spec becomes; the build runs it through SpecPlugin.
struct Generate: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Writes the Swift that a spec becomes.")

    @Option(help: "The folder of the spec.")
    var spec: String

    @Option(help: "The folder to write to.")
    var out: String

    @Option(help: "The folder that printed paths are relative to.")
    var root = FileManager.default.currentDirectoryPath

    @Option(help: "The access level of what is generated: internal, package or public.")
    var access = "package"

    @Option(help: "How many files the models are distributed over.")
    var shards = 4

    @Option(name: .customLong("output"), help: "A file that the build expects; repeat it for each one.")
    var expected: [String] = []

    @Argument(help: "The files of the spec; all files of its folder when none are given.")
    var files: [String] = []

    func validate() throws {
        guard (1...99).contains(shards) else { throw ValidationError("--shards is 1 to 99.") }
        guard GenerateOptions.Access(rawValue: access) != nil else {
            throw ValidationError("--access is internal, package or public.")
        }
    }

    func run() throws {
        let files = try readFiles()
        var options = GenerateOptions(plan: OutputPlan(documents: Array(files.files.keys), shards: shards))
        options.access = GenerateOptions.Access(rawValue: access) ?? options.access
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
            throw ValidationError("None of the files is '\(spec)/\(SpecFiles.rootNames[0])'.")
        }
        return found
    }

    private func names(_ plan: OutputPlan) -> Set<String> {
        Set(expected.isEmpty ? plan.names : expected)
    }
}
