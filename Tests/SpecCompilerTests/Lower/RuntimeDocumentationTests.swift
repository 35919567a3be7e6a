import SpecCompiler
import SpecCore
import TestSupport
import Testing

/// What the served document says of the things that the server does by itself.
@Suite struct RuntimeDocumentationTests {
    private static let spec = """
        openapi: 3.1.0
        info: {title: Shop, version: '1'}
        x-rate-limit:
          - {name: requests, burst: 600, refill: 6, counts: tries, key: [caller], fail: open}
        paths:
          /pets:
            post:
              operationId: addPet
              description: Takes in an animal.
              security: []
              x-rate-limit:
                - {name: names, burst: 5, refill: 60, counts: [name-taken], key: [body.name, address-prefix]}
              requestBody:
                required: true
                content:
                  application/json:
                    schema:
                      type: object
                      additionalProperties: false
                      required: [name]
                      properties: {name: {type: string, maxLength: 20}}
              responses:
                '201':
                  description: It lives here now.
                  headers: {x-request-id: {description: Our own., schema: {type: string}}}
                '400': {$ref: '#/components/responses/invalid'}
                '409':
                  description: The name is taken.
                  x-problem-codes: {name-taken: There is one of this name., shop-full: null}
          /pets/{petId}:
            get:
              operationId: getPet
              security: []
              parameters:
                - {name: petId, in: path, required: true, schema: {type: integer, format: int32}, example: 7}
              responses:
                '200': {description: The animal.}
                '400': {$ref: '#/components/responses/invalid'}
                '429': {description: Slower., x-problem-codes: [rate-limited]}
          /health:
            get:
              operationId: health
              security: []
              x-rate-limit: []
              responses:
                '200': {description: Alive.}
        components:
          responses:
            invalid:
              description: The request violates the schema.
              x-problem-codes: [invalid-request]
              content:
                application/problem+json:
                  schema: {type: object}
                  example:
                    status: 400
                    code: invalid-request
                    instance: /users
                    errors: [{pointer: /email, code: required, detail: This member is required.}]
        """

    private static let document: JSONValue = {
        let file = SourceFile(path: "openapi.yaml", bytes: Array(spec.utf8))
        let options = GenerateOptions(plan: OutputPlan(documents: ["openapi.yaml"], shards: 1))
        let generation = Compiler.generate(files: SpecFiles(folder: "", files: [file]), options: options)
        let start = "static let openAPI: StaticString = "
        let line = generation.outputs["Spec+Documents.swift", default: ""].split(separator: "\n")
            .first { $0.contains(start) }
        let literal = line?.firstRange(of: start).flatMap { range in line?[range.upperBound...] } ?? ""
        // A literal without special characters is JSON.
        return JSONValue.parse(Array((JSONValue.parse(Array(literal.utf8))?.string ?? "").utf8)) ?? .null
    }()

    private static func response(_ path: String, _ method: String, _ key: String) -> JSONValue {
        document["paths"][path][method]["responses"][key]
    }

    private static func headers(_ path: String, _ method: String, _ key: String) -> [String] {
        response(path, method, key)["headers"].members.map(\.name)
    }

    @Test func everyResponseHasTheIdOfItsRequest() {
        #expect(Self.headers("/health", "get", "200") == ["X-Request-Id"])
        let reference: JSONValue = ["$ref": "#/components/headers/X-Request-Id"]
        #expect(Self.response("/pets", "post", "409")["headers"]["X-Request-Id"] == reference)
        let component = Self.document["components"]["headers"]["X-Request-Id"]
        #expect(component["required"] == true)
        #expect(component["schema"] == ["type": "string"])
    }

    @Test func aDeclaredFieldStaysAsItIs() {
        let expected = ["x-request-id", "RateLimit-Policy", "RateLimit"]
        #expect(Self.headers("/pets", "post", "201") == expected)
        #expect(Self.response("/pets", "post", "201")["headers"]["x-request-id"]["description"] == "Our own.")
    }

    @Test func limitedOperationsHaveTheFieldsOfTheirLimits() {
        let headers = Self.response("/pets", "post", "201")["headers"]
        #expect(headers["RateLimit-Policy"]["example"] == "\"requests\";q=600;w=6, \"names\";q=5;w=60")
        #expect(headers["RateLimit"]["example"] == "\"requests\";r=599;t=1, \"names\";r=4;t=1")
        #expect(Self.headers("/pets/{petId}", "get", "200") == ["RateLimit-Policy", "RateLimit", "X-Request-Id"])
        #expect(Self.headers("/pets", "post", "400") == ["X-Request-Id"])
    }

    @Test func limitedOperationsHaveA429WithItsFieldsAndAProblem() {
        for (path, method) in [("/pets", "post"), ("/pets/{petId}", "get")] {
            let response = Self.response(path, method, "429")
            let fields = ["Retry-After", "RateLimit-Policy", "RateLimit", "X-Request-Id"]
            #expect(response["headers"].members.map(\.name) == fields)
            #expect(response["headers"]["RateLimit"]["example"] == "\"requests\";r=0;t=6")
            #expect(response["content"] == ["application/problem+json": ["schema": ["type": "object"]]])
        }
        #expect(Self.response("/pets/{petId}", "get", "429")["description"] == "Slower.\n\n- `rate-limited`")
        #expect(Self.response("/health", "get", "429") == .null)
    }

    @Test func limitsAndCodesAreTextForPeople() {
        let post = Self.document["paths"]["/pets"]["post"]
        #expect(
            post["description"].string == """
                Takes in an animal.

                **Rate limits**

                - `names`: 5 responses with `name-taken` per `name` and client network, refilled within 60 s
                - `requests`: 600 requests per client address, refilled within 6 s
                """)
        #expect(
            post["responses"]["409"]["description"].string == """
                The name is taken.

                - `name-taken`: There is one of this name.
                - `shop-full`
                """)
        #expect(!Self.document["paths"]["/health"]["get"].has("description"))
    }

    @Test func aResponseWithCodesHasAProblemAsItsBody() {
        let content = Self.response("/pets", "post", "409")["content"]
        #expect(content["application/problem+json"]["schema"] == ["type": "object"])
    }

    @Test func sharedExamplesFitTheirOperation() {
        func example(_ path: String, _ method: String) -> JSONValue {
            Self.response(path, method, "400")["content"]["application/problem+json"]["example"]
        }
        let detail: JSONValue = "This member is required."
        #expect(
            example("/pets", "post") == [
                "status": 400, "code": "invalid-request", "instance": "/pets",
                "errors": [["pointer": "/name", "code": "required", "detail": detail]],
            ])
        let unknown: JSONValue = [
            "parameter": "colour", "code": "unknown-parameter",
            "detail": "The operation has no parameter of this name.",
        ]
        #expect(
            example("/pets/{petId}", "get") == [
                "status": 400, "code": "invalid-request", "instance": "/pets/7", "errors": [unknown],
            ])
    }

    @Test func componentsAreThereOnlyIfTheyAreReferredTo() {
        let components = Self.document["components"]
        #expect(components["headers"].members.map(\.name) == ["X-Request-Id", "Retry-After"])
        #expect(!components.has("schemas"))
    }
}
