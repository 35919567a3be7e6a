import ArgumentParser
import Foundation
import SpecCompiler

/// `spec sql [DIR]`: writes the migration that the schema asks for.
struct SQL: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Writes the next migration.",
        discussion: """
            Compares schema.yaml with migrations/recorded.yaml and writes the change for each engine. What loses \
            something, locks a table or may fail is refused until it stands below 'accept' in schema.yaml.
            """)

    @Argument(help: "The folder that holds schema.yaml.")
    var folder = "spec"

    @Option(help: "The word behind the migration's number.")
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
