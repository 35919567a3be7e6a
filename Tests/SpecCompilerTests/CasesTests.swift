import Foundation
import SpecCompiler
import Testing

/// The recorded cases: each folder of `Cases` is a spec with its diagnostics or its generated Swift.
///
/// `UPDATE_CASES=1 swift test --filter CasesTests` records the present output.
@Suite struct CasesTests {
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "Cases")

    static var names: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).filter { !$0.hasPrefix(".") }
            .sorted()
    }

    @Test(arguments: names)
    func saysWhatIsRecorded(name: String) throws {
        let folder = Self.folder.appending(path: name)
        let files = try Self.read(folder.appending(path: "spec"))
        let options = GenerateOptions(plan: OutputPlan(documents: Array(files.files.keys), shards: 1))
        let generation = Compiler.generate(files: files, options: options)
        if FileManager.default.fileExists(atPath: folder.appending(path: "expected").path) {
            #expect(DiagnosticPrinter(generation.diagnostics).text == "")
            try Self.compare(generation.outputs, with: folder.appending(path: "expected"))
        } else {
            let said = ["diagnostics.txt": DiagnosticPrinter(generation.diagnostics).text]
            try Self.compare(said, with: folder)
        }
    }

    static func read(_ folder: URL) throws -> SpecFiles {
        let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted()
        let files = paths.compactMap { path in
            FileManager.default.contents(atPath: folder.path + "/" + path).map {
                SourceFile(path: "spec/" + path, bytes: [UInt8]($0))
            }
        }
        return SpecFiles(folder: "spec", files: files)
    }

    private static func compare(_ texts: [String: String], with folder: URL) throws {
        let updates = ProcessInfo.processInfo.environment["UPDATE_CASES"] == "1"
        for (name, text) in texts.sorted(by: { $0.key < $1.key }) where name != "Spec+Documents.swift" {
            let file = folder.appending(path: name)
            if updates { try Data(text.utf8).write(to: file) }
            let recorded = FileManager.default.contents(atPath: file.path).map { String(decoding: $0, as: UTF8.self) }
            #expect(text == recorded ?? "", "\(name)")
        }
    }
}
