import SpecCompiler
import Testing

/// Names of generated declarations.
@Suite struct NameTests {
    private static let spec = """
        openapi: 3.1.0
        info: {title: T, version: '1'}
        paths:
          /health:
            get:
              operationId: health
              tags: [system]
              responses:
                '200': {description: D, content: {application/json: {schema: {$ref: '#/components/schemas/Health'}}}}
          /login:
            post:
              operationId: login
              tags: [system]
              requestBody:
                content: {application/json: {schema: {$ref: '#/components/schemas/LoginRequest'}}}
              responses: {'204': {description: D}}
        components:
          schemas:
            Health:
              type: object
              required: [status]
              properties: {status: {type: string, pattern: '^a$'}}
            LoginRequest:
              type: object
              required: [name, code, again]
              properties:
                name: {$ref: '#/components/schemas/DisplayName'}
                code: {type: string, pattern: '^[0-9]{6}$'}
                again: {type: string, pattern: '^[0-9]{6}$'}
            DisplayName: {type: string, pattern: '^.+$'}
        """

    private static func text(of name: String) -> String {
        let file = SourceFile(path: "openapi.yaml", bytes: Array(spec.utf8))
        let options = GenerateOptions(plan: OutputPlan(documents: ["openapi.yaml"], shards: 1))
        let generation = Compiler.generate(files: SpecFiles(folder: "", files: [file]), options: options)
        return generation.outputs[name] ?? ""
    }

    private static func declarations(_ keyword: String, in name: String) -> [Substring] {
        text(of: name).split(separator: "\n").compactMap { line in
            let text = line.drop { $0 == " " }
            guard text.hasPrefix(keyword + " ") else { return nil }
            return text.dropFirst(keyword.count + 1).prefix { $0.isLetter || $0.isNumber }
        }
    }

    @Test func operationsStepAsideForModels() {
        #expect(Self.declarations("struct", in: "Spec+Models+00.swift") == ["Health", "LoginRequest"])
        let operations = Self.text(of: "Spec+Operations+openapi.swift").split(separator: "\n")
            .filter { $0.hasPrefix("enum ") }
        #expect(operations == ["enum HealthOperation {", "enum Login {"])
        #expect(Self.text(of: "Spec+Services.swift").contains("func health(_ input: HealthOperation.Input, "))
    }

    @Test func patternsAreNamedAfterTheirFirstPlace() {
        #expect(
            Self.declarations("static let", in: "Spec+Patterns.swift") == [
                "healthStatus", "displayName", "loginRequestCode",
            ])
    }

    @Test func everyFileHasThePrefix() {
        let names = OutputPlan(documents: ["openapi.yaml", "paths/a.yaml"], shards: 2).names
        #expect(names.allSatisfy { $0.hasPrefix("Spec+") })
        #expect(names.contains("Spec+Operations+paths_a.swift"))
    }
}
