/// Documents what the server does by itself in an operation of the bundled document: the 429 of a rate limit, header
/// fields of responses, bodies of problems, and the codes and limits as text for people.
struct RuntimeDocumentation {
    static let problemType = "application/problem+json"
    private static let methods = Set(OperationNode.methods)

    private let operation: OperationModel
    private let examples: ProblemExamples
    private let components: RuntimeComponents
    private let limits: [LimitModel]

    private init(_ operation: OperationModel, _ examples: ProblemExamples, _ components: RuntimeComponents) {
        self.operation = operation
        self.examples = examples
        self.components = components
        limits = LimitFields.counted(operation.limits)
    }

    /// The `paths` of the document with everything that the server adds.
    static func paths(
        _ paths: DocumentValue, _ operations: [OperationModel], _ models: [Model], _ components: RuntimeComponents
    ) -> DocumentValue {
        let bodies = BodyMembers(models)
        return paths.mapMembers { path, item in
            item.mapMembers { method, value in
                guard methods.contains(method),
                    let operation = operations.first(where: { $0.path == path && $0.method == method })
                else { return value }
                let parameters = (item["parameters"]?.items ?? []) + (value["parameters"]?.items ?? [])
                let examples = ProblemExamples(operation, parameters, bodies)
                return RuntimeDocumentation(operation, examples, components).documented(value)
            }
        }
    }

    private func documented(_ value: DocumentValue) -> DocumentValue {
        var responses = value["responses"] ?? .object([("204", .object([("description", .string("No content."))]))])
        if !operation.limits.isEmpty, responses["429"] == nil, responses["4XX"] == nil {
            responses = responses.with("429", Self.tooManyRequests)
        }
        let schema = Self.problemSchema(responses)
        responses = responses.mapMembers { key, response in
            // 1xx are documentation only.
            key.hasPrefix("1") ? response : self.response(response, key, schema)
        }
        let text = [value["description"]?.text, LimitSentences.list(operation.limits, operation)].compactMap { $0 }
        let described = text.isEmpty ? value : value.with("description", .string(Self.paragraphs(text)))
        return described.with("responses", responses)
    }

    static func paragraphs(_ texts: [String]) -> String {
        texts.map { $0.hasSuffix("\n") ? String($0.dropLast()) : $0 }.joined(separator: "\n\n")
    }

    private static let tooManyRequests = DocumentValue.object([
        ("description", .string("Too many requests; `Retry-After` says in how many seconds the next one is allowed.")),
        ("x-problem-codes", .array([.string("rate-limited")])),
    ])

    /// The schema of the operation's own problems.
    private static func problemSchema(_ responses: DocumentValue) -> DocumentValue? {
        responses.members.lazy.compactMap { $0.value["content"]?[problemType]?["schema"] }.first
    }

    // MARK: A response

    private func response(_ value: DocumentValue, _ key: String, _ problem: DocumentValue?) -> DocumentValue {
        var value = withCodes(value)
        value = value.with("headers", headers(value["headers"] ?? .object([]), key))
        let isProblem = key == "429" || value["x-problem-codes"] != nil
        if isProblem, value["content"] == nil {
            let media = DocumentValue.object([("schema", problem ?? components.problem)])
            value = value.with("content", .object([(Self.problemType, media)]))
        }
        return value.changing("content") { content in
            content.changing(Self.problemType) { examples.fitting($0) }
        }
    }

    /// The response with its problem codes as a list in its description.
    private func withCodes(_ value: DocumentValue) -> DocumentValue {
        guard let codes = value["x-problem-codes"] else { return value }
        let named = codes.items.compactMap { $0.text.map { "- `\($0)`" } }
        let explained = codes.members.map { code in
            "- `\(code.name)`" + (code.value.text.map { ": \($0)" } ?? "")
        }
        let list = (named + explained).joined(separator: "\n")
        let text = [value["description"]?.text, list].compactMap { $0 }.filter { !$0.isEmpty }
        return value.with("description", .string(Self.paragraphs(text)))
    }

    private func headers(_ declared: DocumentValue, _ key: String) -> DocumentValue {
        var headers = declared
        func add(_ name: String, _ value: DocumentValue) {
            let known = headers.members.first { $0.name.lowercased() == name.lowercased() }?.name
            if known == nil { headers = headers.with(name, value) }
        }
        if key == "429" { add("Retry-After", components.header(.retryAfter)) }
        if !limits.isEmpty, key == "429" || key.hasPrefix("2") {
            for (name, text) in LimitFields.examples(limits, isExceeded: key == "429") {
                add(name, LimitFields.header(name))
                headers = headers.changing(name) { $0.with("example", .string(text)) }
            }
        }
        if operation.idempotency != nil, Self.isStored(key) {
            add("Idempotency-Replayed", components.header(.idempotencyReplayed))
        }
        add("X-Request-Id", components.header(.requestID))
        return headers
    }

    /// True for statuses that an idempotency key stores; a 400 comes before the key is looked up.
    private static func isStored(_ key: String) -> Bool {
        guard let first = key.first, "24".contains(first) else { return false }
        return !["400", "401", "408", "413", "429"].contains(key)
    }
}
