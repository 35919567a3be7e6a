import Foundation
import SpecCompiler

/// The compiler on this product's spec, and its parser on a document of 3 MB.
struct CompilerFigures {
    let stopwatch: Stopwatch
    let spec: String
    let suite: String?

    func run() throws {
        let files = try Self.files(under: spec)
        let options = GenerateOptions(plan: OutputPlan(documents: Array(files.files.keys), shards: 4))
        guard !Compiler.generate(files: files, options: options).outputs.isEmpty else {
            throw CocoaError(.fileReadCorruptFile, userInfo: [NSFilePathErrorKey: spec])
        }
        let compiling = stopwatch.time { keep(Compiler.generate(files: files, options: options)) }
        Figure(name: "compile", ours: compiling).write()
        try parse()
    }

    private func parse() throws {
        let path = (suite ?? "") + "/openai.yaml"
        guard suite != nil, let data = FileManager.default.contents(atPath: path) else {
            return Figure(name: "parse", skipped: "there is no openai.yaml: SPEC_SUITES names its folder").write()
        }
        let file = SourceFile(path: "openai.yaml", bytes: [UInt8](data))
        precondition(SpecParser().parse(file).root != nil, "\(path) cannot be parsed")
        Figure(name: "parse", ours: stopwatch.time { keep(SpecParser().parse(file)) }).write()
    }

    private static func files(under folder: String) throws -> SpecFiles {
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder)
            .filter { ["yaml", "sql"].contains($0.split(separator: ".").last) }
        let files = names.sorted().compactMap { name in
            FileManager.default.contents(atPath: folder + "/" + name)
                .map { SourceFile(path: "spec/" + name, bytes: [UInt8]($0)) }
        }
        return SpecFiles(folder: "spec", files: files)
    }
}
