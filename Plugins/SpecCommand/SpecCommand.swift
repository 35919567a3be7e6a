import Foundation
import PackagePlugin

/// `swift package spec …` runs the `spec` command in the package's folder.
@main struct SpecCommand: CommandPlugin {
    func performCommand(context: PluginContext, arguments: [String]) async throws {
        let process = Process()
        process.executableURL = try context.tool(named: "spec").url
        process.arguments = arguments
        process.currentDirectoryURL = context.package.directoryURL
        try process.run()
        process.waitUntilExit()
        if process.terminationStatus != 0 {
            Diagnostics.error("spec \(arguments.first ?? "") ended with exit code \(process.terminationStatus)")
        }
    }
}
