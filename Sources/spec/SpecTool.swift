import ArgumentParser
import SpecValues

/// The `spec` command: checks a spec, generates its Swift code, writes migrations and prints stubs.
@main struct SpecTool: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "spec", abstract: "Generates a server's contract from a spec.", version: Version.current,
        subcommands: [Lint.self, Generate.self, SQL.self, Stubs.self])

    /// Runs the command. Usage errors exit with 2, as documented for lint, instead of ArgumentParser's 64.
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
