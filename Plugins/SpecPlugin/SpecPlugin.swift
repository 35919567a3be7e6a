import Foundation
import PackagePlugin

/// Runs `spec generate` on a target's `spec` folder during the build.
///
/// The files are taken from the target's own sources, so that SwiftPM notices added, edited and removed ones;
/// `Sources/<Target>/spec` may be a link to the package's `spec` folder.
@main struct SpecPlugin: BuildToolPlugin {
    func createBuildCommands(context: PluginContext, target: any Target) throws -> [Command] {
        guard let target = target.sourceModule else { return [] }
        let link = target.directoryURL.appending(path: "spec")
        let inputs = Inputs(of: target, in: link)
        guard inputs.hasRoot else {
            Diagnostics.error("\(target.name) has no spec: \(link.path)/openapi.yaml is missing")
            return []
        }
        let tool = try context.tool(named: "spec").url
        let out = context.pluginWorkDirectoryURL
        let outputs = OutputNames(documents: inputs.documents, shards: inputs.shards).all
        let folder = link.resolvingSymlinksInPath()
        return [
            .buildCommand(
                displayName: "Generating the contract of \(target.name) from its spec",
                executable: tool,
                arguments: [
                    "generate", "--spec", folder.path, "--out", out.path,
                    "--root", context.package.directoryURL.resolvingSymlinksInPath().path,
                    "--shards", String(inputs.shards),
                ] + outputs.flatMap { ["--output", $0] } + inputs.arguments(in: folder),
                // The tool itself is an input: a new compiler must generate again.
                inputFiles: inputs.files + [tool],
                outputFiles: outputs.map { out.appending(path: $0) })
        ]
    }
}

/// The files of a target's spec.
struct Inputs {
    private static let bytesPerShard = 16 << 10

    /// All files under the target's `spec`.
    let files: [URL]
    /// The paths inside `spec` of those that the tool reads.
    let documents: [String]

    init(of target: any SourceModuleTarget, in link: URL) {
        let prefix = link.path + "/"
        files = target.sourceFiles.map(\.url).filter { $0.path.hasPrefix(prefix) && $0.pathExtension != "swift" }
            .sorted { $0.path < $1.path }
        documents = files.filter { !Self.ignores($0.lastPathComponent) }
            .map { String($0.path.dropFirst(prefix.count)) }
    }

    /// The same names that `SpecFiles.ignores` in SpecCompiler leaves out: a plugin cannot import it.
    private static func ignores(_ name: String) -> Bool {
        name.hasPrefix(".") || name.hasSuffix("~") || name.hasPrefix("#") || name.hasSuffix(".md")
    }

    var hasRoot: Bool {
        documents.contains { ["openapi.yaml", "openapi.yml", "openapi.json"].contains($0) }
    }

    /// The number of files for the models: enough that an edit compiles little, few enough for a fast full build.
    var shards: Int {
        let bytes = files.filter { $0.pathExtension != "sql" }.reduce(0) { sum, file in
            let attributes = try? FileManager.default.attributesOfItem(atPath: file.resolvingSymlinksInPath().path)
            return sum + (attributes?[.size] as? Int ?? 0)
        }
        return max(4, min(64, bytes / Self.bytesPerShard))
    }

    /// The documents by their real paths, which diagnostics print relative to the package.
    func arguments(in folder: URL) -> [String] {
        documents.map { folder.appending(path: $0).path }
    }
}

/// The names of the generated files, as `OutputPlan` in SpecCompiler has them: a plugin cannot import it.
struct OutputNames {
    let documents: [String]
    let shards: Int

    var all: [String] {
        let numbers = (0..<shards).map { ($0 < 10 ? "0" : "") + "\($0)" }
        let holders = documents.filter(mayHoldOperations)
        let isSharded = holders.count == 1 && shards > 1
        let operations = Set(
            holders.flatMap { path in
                isSharded ? numbers.map { self.operations(path, "+" + $0) } : [self.operations(path, "")]
            })
        let models = numbers.map { "Models+\($0).swift" }
        let fixed = [
            "Services.swift", "Routes.swift", "Patterns.swift", "Tables.swift", "Queries.swift", "Migrations.swift",
            "Documents.swift",
        ]
        return (operations.sorted() + fixed + models).map { "Spec+" + $0 }
    }

    private func mayHoldOperations(_ path: String) -> Bool {
        guard ["yaml", "yml", "json"].contains(where: { path.hasSuffix("." + $0) }) else { return false }
        let folder = path.split(separator: "/").first.map(String.init) ?? ""
        return !["schema.yaml", "events.yaml", "schemas", "queries", "migrations"].contains(folder)
    }

    private func operations(_ path: String, _ shard: String) -> String {
        let stem = path.lastIndex(of: ".").map { path[..<$0] } ?? path[...]
        let safe = stem.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") ? $0 : "_" }
        return "Operations+\(String(safe))\(shard).swift"
    }
}
