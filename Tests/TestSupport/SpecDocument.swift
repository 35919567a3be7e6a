package import SpecCore

/// A served OpenAPI document, against which requests and responses are validated.
package struct SpecDocument: Sendable {
    private let schemas: SchemaCheck
    private var document: JSONValue { schemas.document }

    package init(_ document: JSONValue) {
        schemas = SchemaCheck(document: document)
    }

    /// The target of a `$ref`, or the value itself.
    package func resolve(_ value: JSONValue) -> JSONValue { schemas.resolve(value) }

    /// An operation of the document that matches a path.
    package struct Found: Sendable {
        package let template: String
        package let operation: JSONValue
        package let pathItem: JSONValue
        /// The texts of the path's parameters by name.
        package let captures: [String: String]
    }

    /// All operations: method, template and the operation itself.
    package var operations: [(method: String, template: String, operation: JSONValue)] {
        document["paths"].members.flatMap { path in
            schemas.resolve(path.value).members.filter { Self.methods.contains($0.name) }
                .map { ($0.name.uppercased(), path.name, $0.value) }
        }
    }

    private static let methods: Set = ["get", "put", "post", "delete", "patch", "options", "head", "trace"]

    /// The operation of a method and path (without query); templates without parameters first.
    package func find(_ method: String, _ path: String) -> Found? {
        let candidates = document["paths"].members.compactMap { item -> Found? in
            guard let captures = Self.captures(path, item.name) else { return nil }
            let pathItem = schemas.resolve(item.value)
            guard pathItem.has(method.lowercased()) else { return nil }
            return Found(
                template: item.name, operation: pathItem[method.lowercased()], pathItem: pathItem, captures: captures)
        }
        return candidates.min { $0.captures.count < $1.captures.count }
    }

    private static func captures(_ path: String, _ template: String) -> [String: String]? {
        let texts = path.split(separator: "/", omittingEmptySubsequences: false)
        let parts = template.split(separator: "/", omittingEmptySubsequences: false)
        guard texts.count == parts.count else { return nil }
        var captures: [String: String] = [:]
        for (text, part) in zip(texts, parts) {
            if part.hasPrefix("{"), part.hasSuffix("}") {
                captures[String(part.dropFirst().dropLast())] = String(text)
            } else if text != part {
                return nil
            }
        }
        return captures
    }

    /// The violations of the document by a request.
    package func issues(toRequest request: Request, _ found: Found) -> [String] {
        bodyIssues(request, found) + parameterIssues(request, found)
    }

    private func bodyIssues(_ request: Request, _ found: Found) -> [String] {
        let body = schemas.resolve(found.operation["requestBody"])
        guard body != .null else { return [] }
        guard let bytes = request.body else { return body["required"] == true ? ["the body is required"] : [] }
        // Forms are not checked here: their tests send other invalid parts.
        guard body["content"].has("application/json") else { return [] }
        let schema = body["content"]["application/json"]["schema"]
        guard let value = JSONValue.parse(bytes) else { return ["the body is no JSON"] }
        return schemas.issues(to: value, schema, at: "body")
    }

    private func parameterIssues(_ request: Request, _ found: Found) -> [String] {
        let parameters = (found.pathItem["parameters"].items + found.operation["parameters"].items).map(schemas.resolve)
        var rest = request.query
        var issues: [String] = []
        for parameter in parameters {
            let name = parameter["name"].string ?? ""
            let texts =
                parameter["in"].string == "path"
                ? [found.captures[name] ?? ""] : request.query.filter { $0.name == name }.map(\.value)
            rest.removeAll { $0.name == name }
            if texts.isEmpty, parameter["required"] == true { issues.append("\(name): is required") }
            let schema = schemas.resolve(parameter["schema"])
            if schema["type"] == "array" {
                guard !texts.isEmpty else { continue }
                issues += schemas.issues(to: .array(texts.map { .string($0) }), schema, at: name)
            } else {
                if texts.count > 1 { issues.append("\(name): is repeated") }
                issues += texts.flatMap { textIssues($0, schema, at: name) }
            }
        }
        return issues + rest.filter { !credentials.contains($0.name) }.map { "\($0.name): is no parameter" }
    }

    /// The query parameters that security schemes name.
    private var credentials: [String] {
        document["components"]["securitySchemes"].members.map { schemas.resolve($0.value) }
            .filter { $0["in"] == "query" }.compactMap { $0["name"].string }
    }

    /// The JSON body that the document gives as an example; nil if the operation takes none.
    package func exampleBody(of operation: JSONValue) -> JSONValue? {
        let media = schemas.resolve(operation["requestBody"])["content"]["application/json"]
        guard media != .null else { return nil }
        return media.has("example") ? media["example"] : schemas.resolve(media["schema"])["example"]
    }

    private func textIssues(_ text: String, _ schema: JSONValue, at name: String) -> [String] {
        let type = schemas.resolve(schema)["type"].string
        let value: JSONValue =
            switch type {
            case "integer": Int64(text).map { .integer($0) } ?? .string(text)
            case "boolean": text == "true" ? true : text == "false" ? false : .string(text)
            default: .string(text)
            }
        return schemas.issues(to: value, schema, at: name)
    }

    /// The violations of the document by a response.
    package func issues(toReply reply: Reply, _ found: Found) -> [String] {
        let responses = found.operation["responses"]
        let declared = responses.has("\(reply.status)") ? responses["\(reply.status)"] : responses["default"]
        guard declared != .null else { return ["the status \(reply.status) is not declared"] }
        let response = schemas.resolve(declared)
        let missing = response["headers"].members
            .filter { schemas.resolve($0.value)["required"] == true && reply.field($0.name) == nil }
            .map { "the field \($0.name) is missing" }
        return missing + contentIssues(reply, response) + codeIssues(reply, response, responses)
    }

    private func contentIssues(_ reply: Reply, _ response: JSONValue) -> [String] {
        guard response.has("content") else { return reply.body.isEmpty ? [] : ["a body that is not declared"] }
        let type = reply.contentType
        let ranges = ["*/*", type.prefix { $0 != "/" } + "/*"]
        if reply.status < 400, ranges.contains(where: response["content"].has) { return [] }
        guard response["content"].has(type) else { return ["the media type '\(type)' is not declared"] }
        guard type.hasSuffix("json") else { return [] }
        guard let value = JSONValue.parse(reply.body) else { return ["the answer is no JSON"] }
        return schemas.issues(to: value, response["content"][type]["schema"], at: "answer")
    }

    /// Checks that a problem's code is declared for its status, unless every operation may return it.
    private func codeIssues(_ reply: Reply, _ response: JSONValue, _ responses: JSONValue) -> [String] {
        guard reply.status >= 400, let code = reply.json["code"].string, !Self.generalCodes.contains(code) else {
            return []
        }
        let codes = responses["\(reply.status)"] == .null ? .null : response["x-problem-codes"]
        return codes.items.contains(.string(code)) || codes.has(code)
            ? [] : ["the code '\(code)' is not declared for \(reply.status)"]
    }

    private static let generalCodes: Set = [
        "invalid-request", "malformed", "unauthenticated", "token-expired", "forbidden", "not-acceptable",
        "request-timeout", "content-too-large", "unsupported-media-type", "expectation-failed", "rate-limited",
        "head-too-large", "internal", "unavailable",
    ]
}
