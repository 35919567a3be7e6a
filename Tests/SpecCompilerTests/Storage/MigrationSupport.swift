import SpecCompiler
import Testing

/// A recorded schema and its successor, for `spec sql`.
struct SchemaPair {
    private let files: SpecFiles

    /// Records the first schema.
    ///
    /// - Parameter before: the schema after all migrations so far, as `schema.yaml`.
    init(before: String, after: String) throws {
        let recorded = try Self.recorded(before)
        files = Self.files(after, recorded)
    }

    private static func files(_ schema: String, _ recorded: String?) -> SpecFiles {
        var texts = [
            "openapi.yaml": "openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths: {}\n", "schema.yaml": schema,
        ]
        texts["migrations/recorded.yaml"] = recorded
        return SpecFiles(
            folder: "spec",
            files: texts.map { SourceFile(path: "spec/" + $0.key, bytes: Array($0.value.utf8)) })
    }

    private static func recorded(_ schema: String) throws -> String {
        guard case .files(let files, _) = MigrationWriter.next(files: Self.files(schema, nil), name: "start") else {
            Issue.record("the schema before is wrong")
            return ""
        }
        return try #require(files["migrations/recorded.yaml"])
    }

    /// The written files without the record, or the diagnostics.
    var outcome: String {
        switch MigrationWriter.next(files: files, name: "change") {
        case .nothing: return "nothing\n"
        case .refused(let diagnostics): return DiagnosticPrinter(diagnostics).text
        case .files(let files, let warnings):
            let written = files.filter { $0.key.hasSuffix(".sql") }.sorted { $0.key < $1.key }
            return DiagnosticPrinter(warnings).text
                + written.map { "== \($0.key.dropFirst("migrations/".count))\n\($0.value)" }.joined()
        }
    }

    /// The diagnostics of the build while the migration is not written.
    var lint: String { DiagnosticPrinter(Compiler.lint(files: files)).text }
}
