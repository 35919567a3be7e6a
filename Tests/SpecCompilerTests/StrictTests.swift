import SpecCompiler
import Testing

/// What the standards allow although it has no effect, and the bounds of a spec.
@Suite struct StrictTests {
    private static func files(_ root: String, _ more: [String: String] = [:]) -> SpecFiles {
        let texts = more.merging(["openapi.yaml": root]) { $1 }
        return SpecFiles(folder: "", files: texts.map { SourceFile(path: $0.key, bytes: Array($0.value.utf8)) })
    }

    private static func generate(_ root: String, shards: Int = 1) -> Compiler.Generation {
        let plan = OutputPlan(documents: ["openapi.yaml"], shards: shards)
        return Compiler.generate(files: files(root), options: GenerateOptions(plan: plan))
    }

    private static func root(_ top: String = "", paths: String = "{}", schemas: String = "{}") -> String {
        """
        openapi: 3.1.0
        info: {title: T, version: '1'}
        \(top)
        paths: \(paths)
        components: {schemas: \(schemas)}

        """
    }

    private static let loose = "{A: {type: string, format: hostname, minimum: 1, example: 5, colour: red}}"

    @Test func warnsOfWhatHasNoEffect() {
        let found = Compiler.lint(files: Self.files(Self.root(schemas: Self.loose)))
        #expect(found.map(\.rule).sorted() == ["example-invalid", "format-unknown", "keyword-fit", "keyword-unknown"])
        #expect(found.allSatisfy { $0.severity == .warning })
    }

    @Test func hasErrorsInAStrictSpec() {
        let files = Self.files(Self.root(schemas: Self.loose))
        #expect(Compiler.lint(files: files, isStrict: true).filter { $0.severity == .error }.count == 4)
        let strict = Self.files(Self.root("x-spec: {strict: true}", schemas: Self.loose))
        #expect(Compiler.lint(files: strict).filter { $0.severity == .error }.count == 4)
    }

    @Test func countsFormatsWithoutARule() {
        #expect(Self.generate(Self.root(schemas: Self.loose)).coverage.line.hasSuffix("; 1 format not enforced"))
    }

    @Test func servesOperationsUnderThePathOfTheFirstServer() throws {
        let outputs = Self.generate(
            Self.root(
                "servers: [{url: 'https://{host}/{base}/v1/', variables: {host: {default: a}, base: {default: api}}}]",
                paths: "{/t: {get: {operationId: a}}}")
        ).outputs
        let text = try #require(outputs["Spec+Operations+openapi.swift"])
        #expect(text.contains("path: \"/api/v1/t\","))
    }

    @Test func warnsOfServersThatNothingIsServedUnder() {
        let paths = "{/t: {servers: [{url: /v2}], get: {operationId: a, servers: [{url: /v1}]}}}"
        let found = Compiler.lint(files: Self.files(Self.root("servers: [{url: /v1}, {url: /v3}]", paths: paths)))
        #expect(
            found.map(\.message) == [
                "nothing is served under this path; the operations are under '/v1/'",
                "nothing is served under this path; the operations are under '/v1/'",
            ])
    }

    @Test func servesNeitherOfItsOwnKeywords() throws {
        let outputs = Self.generate(Self.root("x-spec: {strict: true}\nx-swift: {access: public}")).outputs
        let documents = try #require(outputs["Spec+Documents.swift"])
        #expect(!documents.contains("x-spec") && !documents.contains("x-swift"))
    }

    @Test func distributesTheOperationsOfOneFile() {
        let paths = (0..<40).map { "/t\($0): {get: {operationId: a\($0)}}" }.joined(separator: ", ")
        let outputs = Self.generate(Self.root(paths: "{\(paths)}"), shards: 4).outputs
        let files = outputs.filter { $0.key.hasPrefix("Spec+Operations+openapi+0") }
        #expect(files.count == 4)
        #expect(files.values.reduce(0) { $0 + $1.ranges(of: "static let operation = ").count } == 40)
    }

    @Test func takesAChainThatIsLongerThanAThreadsStack() {
        func chain(_ count: Int) -> String {
            let links = (0..<count).map {
                "S\($0): {type: object, properties: {a: {$ref: '#/components/schemas/S\($0 + 1)'}}}"
            }
            return Self.root(
                paths:
                    "{/t: {post: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/S0'}}}}}}}",
                schemas: "{\(links.joined(separator: ", ")), S\(count): {type: string}}")
        }
        #expect(Compiler.lint(files: Self.files(chain(2_000))).isEmpty)
    }

    @Test func readsNoTablesInAPartOfTheDocument() {
        let root = Self.root(schemas: "{A: {$ref: 'schema.yaml#/A'}}")
        #expect(Compiler.lint(files: Self.files(root, ["schema.yaml": "A: {type: string}\n"])).isEmpty)
    }
}
