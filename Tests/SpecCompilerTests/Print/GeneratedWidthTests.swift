import Foundation
import SpecCompiler
import Testing

/// Generated lines are at most 120 columns wide, unless a literal alone is wider.
@Suite struct GeneratedWidthTests {
    @Test func productCodeFits() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        #expect(try Self.tooWide(root.appending(path: "spec")) == [])
    }

    @Test(arguments: ["pet-store", "forms", "named-writes"])
    func casesFit(name: String) throws {
        #expect(try Self.tooWide(CasesTests.folder.appending(path: name).appending(path: "spec")) == [])
    }

    private static func tooWide(_ folder: URL) throws -> [String] {
        let files = try CasesTests.read(folder)
        let options = GenerateOptions(plan: OutputPlan(documents: Array(files.files.keys), shards: 4))
        let outputs = Compiler.generate(files: files, options: options).outputs
        #expect(!outputs.isEmpty)
        return outputs.filter { !$0.key.hasSuffix("Documents.swift") }.flatMap { name, text in
            code(text).filter(isTooWide).map { "\(name): \($0)" }
        }
    }

    /// The lines outside of literals of several lines, which are as wide as the spec writes them.
    private static func code(_ text: String) -> [Substring] {
        var isText = false
        return text.split(separator: "\n").filter { line in
            let isDelimiter = line.contains("\"\"\"")
            if isDelimiter { isText.toggle() }
            return !isText && !isDelimiter
        }
    }

    /// True for a line of more than 120 columns of which literals are not the greater part.
    private static func isTooWide(_ line: Substring) -> Bool {
        guard line.count > 120 else { return false }
        let outside = line.split(separator: "\"", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset.isMultiple(of: 2) }
        return outside.reduce(0) { $0 + $1.element.count } > 60
    }
}
