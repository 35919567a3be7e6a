/// Examples of problems that fit their operation, although many operations share a response.
struct ProblemExamples {
    private let operation: OperationModel
    /// The parameters in the document, from which a path is made.
    private let parameters: [DocumentValue]
    /// The members of the body; nil if it is not an object.
    private let members: [BodyMembers.Member]?

    init(_ operation: OperationModel, _ parameters: [DocumentValue], _ bodies: BodyMembers) {
        self.operation = operation
        self.parameters = parameters
        members = bodies.members(of: operation.body)
    }

    /// The media type with its examples changed where they are of another operation.
    func fitting(_ media: DocumentValue) -> DocumentValue {
        media.changing("example", fittingExample).changing("examples") { examples in
            examples.mapMembers { _, example in example.changing("value", fittingExample) }
        }
    }

    private func fittingExample(_ example: DocumentValue) -> DocumentValue {
        guard example["code"] != nil, example["status"] != nil else { return example }
        var example = example
        if let instance = example["instance"]?.text, !isPath(instance) {
            example = example.with("instance", .string(path))
        }
        if example["code"]?.text == "rate-limited", let limit = LimitFields.counted(operation.limits).first {
            let text = "Too many requests for '\(limit.name)'; try again in 1 s."
            example = example.with("detail", .string(text))
        }
        if let errors = example["errors"]?.items, !errors.allSatisfy(isOfOperation) {
            example = example.with("errors", .array([violation]))
        }
        return example
    }

    // MARK: The path

    /// True for a path that the operation's template matches.
    private func isPath(_ text: String) -> Bool {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        let steps = (operation.serverPath + operation.path).split(separator: "/", omittingEmptySubsequences: false)
        return parts.count == steps.count && zip(parts, steps).allSatisfy { $0 == $1 || $1.contains("{") }
    }

    /// The path with the example of each parameter.
    private var path: String {
        var path = operation.serverPath + operation.path
        for parameter in parameters where parameter["in"] == .string("path") {
            guard let name = parameter["name"]?.text, let place = path.firstRange(of: "{\(name)}") else { continue }
            path.replaceSubrange(place, with: Self.example(of: parameter) ?? "1")
        }
        return path
    }

    private static func example(of parameter: DocumentValue) -> String? {
        let value =
            parameter["example"] ?? parameter["examples"]?.members.first?.value["value"]
            ?? parameter["schema"]?["example"]
        switch value {
        case .string(let text): return text
        case .number(let text): return text
        default: return parameter["schema"]?["format"] == .string("uuid") ? sampleIdentifier : nil
        }
    }

    private static let sampleIdentifier = "0190a6b2-7c4e-7b1a-9f3d-2f1c5e8a9b00"

    // MARK: Violations

    /// True for a violation of a parameter or of a member of the body.
    private func isOfOperation(_ error: DocumentValue) -> Bool {
        if let name = error["parameter"]?.text { return operation.parameters.contains { $0.name == name } }
        guard let pointer = error["pointer"]?.text, operation.body != nil else { return false }
        let first = pointer.split(separator: "/").first.map { JSONPointer.unescape(String($0)) }
        guard let first, let members else { return true }
        return members.contains { $0.name == first }
    }

    private var isForm: Bool {
        if case .form? = operation.body?.kind { true } else { false }
    }

    /// A violation that a request to the operation can have.
    private var violation: DocumentValue {
        if let member = members?.first(where: \.isRequired) {
            let pointer = "/" + JSONPointer.escape(member.name)
            return Self.violation("pointer", pointer, "required", "This \(isForm ? "part" : "member") is required.")
        }
        if operation.body?.isRequired == true {
            return Self.violation("pointer", "", "required", "A body is required.")
        }
        let isRead = { (parameter: ParameterModel) in parameter.presence == .required && parameter.place == .query }
        if let parameter = operation.parameters.first(where: isRead) {
            return Self.violation("parameter", parameter.name, "required", "This parameter is required.")
        }
        return Self.violation(
            "parameter", "colour", "unknown-parameter", "The operation has no parameter of this name.")
    }

    private static func violation(_ place: String, _ name: String, _ code: String, _ detail: String) -> DocumentValue {
        .object([(place, .string(name)), ("code", .string(code)), ("detail", .string(detail))])
    }
}

/// The members of request bodies.
struct BodyMembers {
    struct Member {
        let name: String
        let isRequired: Bool
    }

    private let models: [String: Model]

    init(_ models: [Model]) {
        self.models = Dictionary(models.map { ($0.name, $0) }) { first, _ in first }
    }

    /// The members of a body that is an object or a form, or nil.
    func members(of body: BodyModel?) -> [Member]? {
        switch body?.kind {
        case .json(.model(let name)): return members(ofModel: name)
        case .form(let form):
            let file = form.file.map { [Member(name: $0.name, isRequired: $0.isRequired)] } ?? []
            return form.fields.map { Member(name: $0.name, isRequired: Self.isRequired($0.presence)) } + file
        default: return nil
        }
    }

    private func members(ofModel name: String) -> [Member]? {
        switch models[name]?.shape {
        case .object(let object):
            return object.properties.map { Member(name: $0.name, isRequired: Self.isRequired($0.presence)) }
        case .union(let union):
            // Which of them is required depends on the alternative.
            return union.alternatives.flatMap { alternative -> [Member] in
                guard case .model(let name) = alternative.type, case .object(let object)? = models[name]?.shape else {
                    return []
                }
                return object.properties.map { Member(name: $0.name, isRequired: false) }
            }
        default: return nil
        }
    }

    private static func isRequired(_ presence: PropertyModel.Presence) -> Bool {
        presence == .required || presence == .requiredNullable
    }
}
