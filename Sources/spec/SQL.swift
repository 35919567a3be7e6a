import ArgumentParser
import Foundation
import SpecCompiler

/// `spec sql [DIR]`: writes the next migration, from the recorded schema to the current one.
struct SQL: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes the next migration.",
        discussion: """
            Compares schema.yaml with migrations/recorded.yaml and writes the migration for each engine. A change \
            that loses data, locks a table or may fail is rejected until it is listed below 'accept' in schema.yaml.
            """)

    @Argument(help: "The folder that holds schema.yaml.")
    var folder = "spec"

    @Option(help: "The word after the migration's number in its name.")
    var name = "change"

    func run() throws {
        switch MigrationWriter.next(files: try SpecFolder(path: folder).read(), name: name) {
        case .nothing: Console.print("the schema and its migrations agree\n")
        case .refused(let diagnostics):
            Console.error(DiagnosticPrinter(diagnostics).text)
            throw ExitCode(1)
        case .files(let files, let warnings):
            Console.error(DiagnosticPrinter(warnings).text)
            for (path, text) in files.sorted(by: { $0.key < $1.key }) {
                let url = URL(fileURLWithPath: folder + "/" + path)
                try FileManager.default.createDirectory(
                    at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(text.utf8).write(to: url, options: .atomic)
                Console.print("wrote \(folder)/\(path)\n")
            }
        }
    }
}
