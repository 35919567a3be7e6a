import ArgumentParser

/// The `spec` command: checks a spec, prints the Swift it becomes, writes its migrations.
@main struct SpecTool: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "spec", abstract: "Makes a server's contract from a spec.")
}
