import ArgumentParser
import Foundation
import SpecCompiler

/// `spec stubs DIR`: prints stubs for the missing service methods of a folder.
struct Stubs: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prints stubs for the service methods that a folder's Swift files lack.",
        discussion: "Prints nothing when every operation of the spec has its method.")

    @Argument(help: "The folder of the Swift files.")
    var folder: String

    @Option(help: "The folder of the spec.")
    var spec = "spec"

    @Option(help: "The module generated from the spec; omit it if the methods are in that module.")
    var module: String?

    func run() throws {
        let sources = try SourceFolder(path: folder).read()
        let (text, diagnostics) = Compiler.stubs(
            files: try SpecFolder(path: spec).read(), sources: sources, module: module)
        if diagnostics.hasErrors {
            Console.error(DiagnosticPrinter(diagnostics).text)
            throw ExitCode(1)
        }
        Console.print(text)
    }
}

/// A folder of Swift files.
private struct SourceFolder {
    /// The maximum number of files; a folder with more is not a package.
    private static let filesMax = 10_000

    let path: String

    /// The texts of all Swift files, including subfolders.
    func read() throws -> [String] {
        guard let found = FileManager.default.enumerator(atPath: path) else {
            throw ValidationError("The folder '\(path)' does not exist.")
        }
        let names = found.lazy.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }
        let files = Array(names.prefix(Self.filesMax + 1))
        guard files.count <= Self.filesMax else {
            throw ValidationError("The folder '\(path)' has more than \(Self.filesMax) Swift files; is it a package?")
        }
        return files.compactMap { name in
            FileManager.default.contents(atPath: path + "/" + name).map { String(decoding: $0, as: UTF8.self) }
        }
    }
}
