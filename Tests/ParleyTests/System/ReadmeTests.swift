import Foundation
import SpecCompiler
import TestSupport
import Testing

/// The examples of README.md are what the spec, the compiler and the pet store have.
@Suite struct ReadmeTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")
        .standardized

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// The code blocks of README.md in a language, the empty string for none.
    private static func blocks(_ language: String) throws -> [String] {
        var blocks: [String] = []
        var open: String?
        for line in try text("README.md").split(separator: "\n", omittingEmptySubsequences: false) {
            guard line.hasPrefix("```") else {
                if open == language { blocks[blocks.count - 1] += line + "\n" }
                continue
            }
            open = open == nil ? String(line.dropFirst(3)) : nil
            if open == language { blocks.append("") }
        }
        return blocks
    }

    @Test func showsTheSpec() throws {
        let blocks = try Self.blocks("yaml")
        #expect(blocks.count == 1)
        for block in blocks {
            #expect(try Self.text("spec/schemas/accounts.yaml").contains(block))
            #expect(block.split(separator: "\n").count == 9, "README.md tells the number")
        }
    }

    @Test func showsTheSwiftThatIsGenerated() throws {
        let files = try ProductSpec.files()
        let plan = OutputPlan(documents: Array(files.files.keys), shards: 4)
        let outputs = Compiler.generate(files: files, options: GenerateOptions(plan: plan)).outputs.values
        let declarations = try #require(try Self.blocks("swift").first).split(separator: "\n\n")
        #expect(declarations.count == 2)
        for declaration in declarations {
            let lines = declaration.split(separator: "\n").map(String.init)
            #expect(outputs.contains { Self.holds($0, lines) }, "\(declaration)")
        }
    }

    /// Returns true if the text has all lines, in their order.
    private static func holds(_ text: String, _ lines: [String]) -> Bool {
        var rest = text.split(separator: "\n").map(String.init)[...]
        return lines.allSatisfy { line in
            guard let index = rest.firstIndex(of: line) else { return false }
            rest = rest[(index + 1)...]
            return true
        }
    }

    @Test func showsTheDiagnosticThatIsPrinted() throws {
        let shown = try #require(try Self.blocks("").first)
        let file = "schemas/accounts.yaml"
        var files = try ProductSpec.files().files
        let text = String(decoding: try #require(files[file]).bytes, as: UTF8.self)
        let wrong = text.replacing(
            "  required: [email, password, displayName]", with: "  requierd: [email, password, displayName]",
            maxReplacements: 1)
        files[file] = SourceFile(path: "spec/" + file, bytes: Array(wrong.utf8))
        let printed = DiagnosticPrinter(
            Compiler.lint(files: SpecFiles(folder: "spec", files: Array(files.values)))
        ).text
        #expect(printed == shown + "1 error\n")
    }

    @Test func showsTheMainProgramOfThePetStore() throws {
        let program = try Self.text("Tests/Fixtures/PetStore/Sources/App/PetStore.swift")
        #expect(try Self.blocks("swift").last == program, "copy the file into README.md")
    }
}
