import Foundation
import SpecCompiler
import SpecCore
import Testing

/// The JSON Schema test suite, run against code generated from its schemas.
///
/// `Tests/Tools/make_schema_suite.py` writes the spec and the cases from the suite.
@Suite struct SchemaSuiteTests {
    @Test func judgesEveryInstanceAsTheSuiteDoes() throws {
        let instances = try Self.lines("instances.jsonl", SuiteInstance.self)
        let wrong = instances.filter { Self.isValid($0.body) != $0.valid }
        #expect(wrong.map(\.case) == [])
        let deviations = instances.count { $0.deviation != nil }
        print("JSON Schema test suite: \(instances.count) instances, \(deviations) of them judged otherwise on purpose")
        #expect(instances.count > 600)
    }

    @Test func refusesEverySchemaThatItDoesNotEnforce() throws {
        let schemas = try Self.lines("refused.jsonl", RefusedSchema.self)
        let wrong = schemas.filter { !Self.isRefused($0.spec) }
        #expect(wrong.map(\.schema) == [])
        print("JSON Schema test suite: \(schemas.count) schemas refused")
    }

    private static func isValid(_ body: String) -> Bool {
        var violations = Violations()
        let value = try? Array(body.utf8).withUnsafeBufferPointer {
            try JSONReader.decode(Instance.self, from: $0, &violations)
        }
        return value != nil && violations.isEmpty
    }

    private static func isRefused(_ spec: String) -> Bool {
        let file = SourceFile(path: "openapi.json", bytes: Array(spec.utf8))
        return Compiler.lint(files: SpecFiles(folder: "", files: [file])).hasErrors
    }

    private static func lines<Line: Decodable>(_ name: String, _ type: Line.Type) throws -> [Line] {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: name)
        return try Data(contentsOf: file).split(separator: UInt8(ascii: "\n")).map {
            try JSONDecoder().decode(Line.self, from: $0)
        }
    }
}

/// A body with one instance of one schema.
private struct SuiteInstance: Decodable {
    let `case`: String
    let valid: Bool
    /// The reason if the expected result differs from the suite's, or nil.
    let deviation: String?
    let body: String
}

private struct RefusedSchema: Decodable {
    let schema: String
    let spec: String
}
