/// Components of the bundled document that describe what the server sends by itself; only those that are referred to.
final class RuntimeComponents {
    enum Header: String, CaseIterable {
        case requestID = "X-Request-Id"
        case retryAfter = "Retry-After"
        case idempotencyReplayed = "Idempotency-Replayed"
    }

    private let headerNames: [Header: String]
    private let problemName: String

    /// - Parameters:
    ///   - headers: the names of the spec's own components.
    ///   - schemas: the names of the document's schemas; the problem's is added.
    init(headers: [String], schemas: inout Set<String>) {
        var taken = Set(headers)
        headerNames = Dictionary(
            uniqueKeysWithValues: Header.allCases.map { ($0, SwiftNames.unique($0.rawValue, in: &taken)) })
        problemName = SwiftNames.unique("Problem", in: &schemas)
    }

    private var usedHeaders: Set<Header> = []
    private var isProblemUsed = false

    func header(_ header: Header) -> DocumentValue {
        usedHeaders.insert(header)
        return .object([("$ref", .string("#/components/headers/\(headerNames[header] ?? header.rawValue)"))])
    }

    /// A reference to the schema of problems.
    var problem: DocumentValue {
        isProblemUsed = true
        return .object([("$ref", .string("#/components/schemas/\(problemName)"))])
    }

    var headers: [(String, DocumentValue)] {
        Header.allCases.filter(usedHeaders.contains).map { (headerNames[$0] ?? $0.rawValue, Self.definition(of: $0)) }
    }

    var schemas: [(String, DocumentValue)] { isProblemUsed ? [(problemName, Self.problemSchema)] : [] }

    private static func definition(of header: Header) -> DocumentValue {
        let (text, isRequired, type): (String, Bool, String) =
            switch header {
            case .requestID: ("The id of the request, which is also in the server's log.", true, "string")
            case .retryAfter: ("The seconds after which to try again.", true, "integer")
            case .idempotencyReplayed:
                ("`true` if this is the stored response of an earlier request.", false, "boolean")
            }
        let required: [(String, DocumentValue)] = isRequired ? [("required", .bool(true))] : []
        return .object(
            [("description", .string(text))] + required + [("schema", .object([("type", .string(type))]))])
    }

    // MARK: Problems (RFC 9457)

    private static let problemSchema = DocumentValue.object([
        ("description", .string("An error as problem details (RFC 9457).")), ("type", .string("object")),
        ("required", names(["type", "title", "status", "detail", "instance", "code", "requestId"])),
        (
            "properties",
            .object([
                text("type", "Always `about:blank`; `code` identifies the problem."),
                text("title", "The reason phrase of the status."),
                ("status", .object([("type", .string("integer"))])),
                text("detail", "An explanation, with what was expected."),
                text("instance", "The path of the request."),
                text("code", "The stable, machine-readable code of the problem."),
                text("requestId", "The `X-Request-Id` of the response."),
                ("errors", violations),
                ("truncated", .object([("type", .string("boolean"))])),
            ])
        ),
    ])

    private static let violations = DocumentValue.object([
        ("description", .string("The violations of the schema; at most 16.")), ("type", .string("array")),
        (
            "items",
            .object([
                ("type", .string("object")), ("required", names(["code", "detail"])),
                (
                    "properties",
                    .object([
                        text("pointer", "The place in the body, as a JSON Pointer (RFC 6901)."),
                        text("parameter", "The name of the parameter."),
                        text("code", "The rule that is broken."), text("detail", "An explanation."),
                    ])
                ),
            ])
        ),
    ])

    private static func names(_ names: [String]) -> DocumentValue { .array(names.map { .string($0) }) }

    private static func text(_ name: String, _ description: String) -> (String, DocumentValue) {
        (name, .object([("description", .string(description)), ("type", .string("string"))]))
    }
}
