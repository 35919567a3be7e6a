import SpecCompiler
import TestSupport
import Testing

/// The migration steps that `spec sql` prints for a schema change, in the dialect of one engine.
struct WrittenSteps {
    let texts: [String]
    /// The record after the change.
    let recorded: String

    /// - Parameter recorded: the record of the previous steps, or nil if there are none.
    init(from recorded: String?, to schema: String, _ engine: Engine) throws {
        var texts = [
            "openapi.yaml": "openapi: 3.1.0\ninfo: {title: A, version: '1'}\npaths: {}\n", "schema.yaml": schema,
        ]
        texts["migrations/recorded.yaml"] = recorded
        let files = texts.map { SourceFile(path: "spec/" + $0.key, bytes: Array($0.value.utf8)) }
        switch MigrationWriter.next(files: SpecFiles(folder: "spec", files: files), name: "change") {
        case .nothing: (self.texts, self.recorded) = ([], recorded ?? "")
        case .refused(let diagnostics):
            Issue.record("\(DiagnosticPrinter(diagnostics).text)")
            (self.texts, self.recorded) = ([], "")
        case .files(let files, _):
            let names = files.keys.filter { $0.hasSuffix(".\(engine.rawValue).sql") }.sorted()
            self.texts = names.compactMap { files[$0] }
            self.recorded = try #require(files["migrations/recorded.yaml"])
        }
    }
}
