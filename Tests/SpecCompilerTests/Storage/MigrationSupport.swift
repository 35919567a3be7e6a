import SpecCompiler
import Testing

/// A schema, and what `spec sql` makes of another one that comes after it.
struct SchemaPair {
    private let files: SpecFiles

    /// - Parameter before: what the migrations have made, in the words of `schema.yaml`.
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

    /// The files that are written, without the record; or what is said against it.
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

    /// What the build says while the migration is not written.
    var lint: String { DiagnosticPrinter(Compiler.lint(files: files)).text }
}
