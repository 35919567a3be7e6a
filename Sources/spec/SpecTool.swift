import ArgumentParser

/// The `spec` command: checks a spec, prints the Swift it becomes, writes its migrations, says what is unwritten.
@main struct SpecTool: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "spec", abstract: "Makes a server's contract from a spec.",
        subcommands: [Lint.self, Generate.self, SQL.self, Stubs.self])

    /// Usage errors exit with 2, as lint promises, and not with ArgumentParser's 64.
    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch let code as ExitCode {
            exit(withError: code)
        } catch {
            guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
            Console.error(fullMessage(for: error) + "\n")
            exit(withError: ExitCode(2))
        }
    }
}
