import Testing

@testable import SpecCompiler

/// Files of the spec's folder that are not read.
@Suite struct UnreadFileTests {
    private static let root = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\n"
    private static let tables = "tables: {}\n"

    @Test(arguments: [
        ("events.yaml", "events and commands are not supported yet; remove the file until they are"),
        ("schema.yml", "name it schema.yaml"), ("common.yaml", "refer to it with a $ref, or remove it"),
        ("queries/users.sql", "statements need tables: declare them in schema.yaml"),
        ("migrations/0001-start.sqlite.sql", "statements need tables: declare them in schema.yaml"),
        ("notes.txt", "a spec is YAML, JSON and SQL; write notes into a .md file, and keep other files elsewhere"),
    ])
    func refusesFilesThatNothingReads(path: String, help: String) {
        #expect(
            Self.findings([path: "x: 1\n"]) == [
                "\(path):1:1: error: this file is not read, so it would have no effect [file-unread] {\(help)}"
            ])
    }

    @Test func refusesStatementsOutsideTheirFolders() {
        let found = Self.findings(["schema.yaml": Self.tables, "users.sql": "", "queries/a.txt": ""])
        #expect(found.map { $0.prefix(while: { $0 != ":" }) } == ["queries/a.txt", "users.sql"])
        #expect(found.last?.hasSuffix("{move it to queries/ or migrations/}") == true)
    }

    @Test func readsWhatBelongsToASpecWithTables() {
        #expect(
            Self.findings([
                "schema.yaml": Self.tables, "queries/a.sql": "", "migrations/recorded.yaml": "",
                "migrations/0001-start.sqlite.sql": "", "migrations/0001-start.postgres.sql": "",
            ]) == [])
    }

    @Test func warnsOfDocumentsWithoutReference() {
        #expect(
            Self.findings(["schemas/a.yaml": "type: string\n"]) == [
                "schemas/a.yaml:1:1: warning: no $ref refers to this file [file-unused] "
                    + "{refer to it from openapi.yaml, or remove it}"
            ])
    }

    @Test func doesNotWarnOfThemBehindASyntaxError() {
        let found = Self.findings(["paths/a.yaml": "a: b: c\n", "schemas/b.yaml": "type: string\n"])
        #expect(
            found == [
                "paths/a.yaml:1:5: error: a ':' is not allowed here [yaml-syntax] "
                    + "{check the indentation; quote a text that contains ': '}"
            ])
    }

    @Test func doesNotWarnOfAFileThatAMisspeltReferenceMeans() {
        let root = Self.root + "components: {schemas: {A: {$ref: schemas/usr.yaml}}}\n"
        let files = specFiles(["openapi.yaml": root, "schemas/user.yaml": "type: string\n"])
        #expect(
            SpecLoader.load(files).diagnostics.map(FindingText.line) == [
                "4:34: error: the file 'schemas/usr.yaml' does not exist [ref-unknown] "
                    + "{did you mean 'schemas/user.yaml'?}"
            ])
    }

    @Test(arguments: [".DS_Store", ".#openapi.yaml", "openapi.yaml~", "#openapi.yaml#", "README.md"])
    func ignoresNotesAndBackups(name: String) { #expect(SpecFiles.ignores(name)) }

    @Test(arguments: ["openapi.yaml", "events.yaml", "users.sql", "notes.txt", "openapi.yaml.bak"])
    func ignoresNothingElse(name: String) { #expect(!SpecFiles.ignores(name)) }

    private static func findings(_ files: [String: String]) -> [String] {
        let files = specFiles(files.merging(["openapi.yaml": root]) { $1 })
        return SpecLoader.load(files).diagnostics.map(FindingText.line)
    }
}
