import Foundation
import Testing

@testable import SpecCompiler

/// Valid specs, for which the compiler reports nothing.
@Suite struct WelcomeTests {
    @Test func takesEverythingThatIsEnforcedIn31() {
        #expect(checkFindings(["openapi.yaml": Self.document31, "schemas/Pet.yaml": Self.pet]) == [])
    }

    @Test func takesEverythingThatIsEnforcedIn30() {
        #expect(checkFindings(Self.document30) == [])
    }

    @Test func countsEachKeywordOnce() throws {
        let text = """
            openapi: 3.1.0
            info:
              title: T
              version: '1'
            paths: {}
            components:
              schemas:
                A:
                  type: string
                  minLength: 1
                  description: D
                  x-other: 1
                B:
                  $ref: '#/components/schemas/A'

            """
        let documents = try #require(SpecLoader.load(specFiles(["openapi.yaml": text])).documents)
        #expect(
            Checker.check(documents, PatternCache()).coverage.line
                == "spec: 0 operations, 1 schema; keywords: 1 enforced, 9 typed, 2 documentation, 0 ignored")
    }

    @Test func takesSpecOfThisProject() throws {
        let files = try Self.read("spec")
        let (documents, diagnostics) = SpecLoader.load(files)
        let found = try diagnostics + Checker.check(#require(documents), PatternCache()).diagnostics
        #expect(found.map(FindingText.line) == [])
    }

    private static func read(_ folder: String) throws -> SpecFiles {
        let project = URL(filePath: #filePath).resolvingSymlinksInPath()
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let root = project.appending(path: folder).path
        let names = try FileManager.default.subpathsOfDirectory(atPath: root).filter { $0.hasSuffix(".yaml") }
        let files = try names.map { name in
            SourceFile(path: name, bytes: Array(try Data(contentsOf: URL(filePath: root + "/" + name))))
        }
        return SpecFiles(folder: "", files: files)
    }
}

extension WelcomeTests {
    private static let pet = """
        type: object
        additionalProperties: false
        required: [id, kind, home]
        properties:
          id:
            type: integer
            format: int64
            readOnly: true
          kind:
            type: string
            enum: [cat, dog]
            default: cat
          name:
            type: [string, 'null']
            minLength: 1
            maxLength: 40
            pattern: '^\\S'
          weight:
            type: number
            exclusiveMinimum: 0
            multipleOf: 0.5
          tags:
            type: array
            uniqueItems: true
            minItems: 0
            maxItems: 3
            items:
              type: string
            default: []
          home:
            oneOf:
              - $ref: '#/$defs/Basket'
              - $ref: '#/$defs/Tank'
            discriminator:
              propertyName: type
              mapping:
                basket: '#/$defs/Basket'
          mother:
            anyOf:
              - $ref: '#'
              - type: 'null'
          friends:
            type: array
            items:
              $ref: '#'
        $defs:
          Basket:
            type: object
            required: [type]
            properties:
              type:
                type: string
                const: basket
          Tank:
            allOf:
              - type: object
                required: [type]
                properties:
                  type:
                    type: string
                    const: tank
              - required: [litres]
                properties:
                  litres:
                    type: integer
                    format: int32
                    minimum: 1
                    maximum: 1000
        example:
          kind: dog
          name: null
          weight: 2.5
          home:
            type: tank
            litres: 20
          mother:
            kind: dog
            home:
              type: basket

        """

    private static let document31 = """
        openapi: 3.1.0
        info:
          title: T
          version: '1'
        tags:
          - name: Pets
        security:
          - key: []
          - session: [read]
        paths:
          /pets/{petId}:
            parameters:
              - name: petId
                in: path
                required: true
                schema:
                  type: string
                  format: uuid
                example: 0190a6b2-7c4e-7b1a-9f3d-2f1c5e8a9b00
            put:
              operationId: putPet
              tags: [Pets]
              security: []
              x-body-bytes-max: 1000
              x-team: pets
              x-rate-limit:
                - name: put
                  burst: 1
                  refill: 60
                  counts: [pet-unknown]
                  key: [address, body.kind]
                  when: query.fields
              parameters:
                - name: fields
                  in: query
                  style: form
                  explode: true
                  schema:
                    type: array
                    items:
                      type: string
              requestBody:
                content:
                  application/json:
                    schema:
                      $ref: schemas/Pet.yaml
              responses:
                '200':
                  description: D
                  headers:
                    X-Total:
                      schema:
                        type: integer
                  content:
                    application/json:
                      schema:
                        $ref: schemas/Pet.yaml
                      examples:
                        one:
                          value:
                            id: 1
                            kind: cat
                            home:
                              type: basket
                '404':
                  description: D
                  x-problem-codes: {pet-unknown: There is no such animal., not-found: null}
                default:
                  description: D
        components:
          securitySchemes:
            key:
              type: apiKey
              in: header
              name: X-Key
            session:
              type: oauth2
              flows:
                password:
                  tokenUrl: /token
                  scopes:
                    read: Reads.

        """

    private static let document30 = """
        openapi: 3.0.3
        info:
          title: T
          version: '1'
        paths:
          /:
            get:
              operationId: root
              responses:
                '200':
                  description: D
                  content:
                    text/html: {}
        components:
          schemas:
            Word:
              type: string
              nullable: true
              enum: [a, null]
              example: null
            Range:
              type: integer
              minimum: 0
              exclusiveMinimum: true
              maximum: 1
              example: 1
            Holder:
              type: object
              properties:
                word:
                  $ref: '#/components/schemas/Word'
              example:
                word: a

        """
}
