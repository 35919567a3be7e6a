/// Prints an operation: its input, output, problems and metadata, and the endpoint that calls the service.
struct OperationPrinter {
    let operation: OperationModel
    let access: String

    func print(to swift: inout SwiftText) {
        swift.line()
        swift.documentation(["\(operation.method.uppercased()) \(operation.path)"])
        swift.documentation(operation.documentation.isEmpty ? [] : [""] + operation.documentation)
        swift.block("\(access)enum \(operation.name) {") { swift in
            printInput(to: &swift)
            form?.printForm(to: &swift)
            OutputPrinter(operation: operation, access: access).print(to: &swift)
            printLimits(to: &swift)
            printOperation(to: &swift)
            printEndpoint(to: &swift)
            printDecoder(to: &swift)
            form?.printDecoder(to: &swift)
            printPolicyInput(to: &swift)
            OutputPrinter(operation: operation, access: access).printEncoder(to: &swift)
        }
    }

    private var form: FormPrinter? {
        guard case .form(let form)? = operation.body?.kind else { return nil }
        return FormPrinter(form: form, access: access)
    }

    // MARK: Input

    private struct InputMember {
        let name: String
        let type: String
        let documentation: [String]
        let standard: String
    }

    private var members: [InputMember] {
        let parameters = operation.parameters.map { parameter in
            InputMember(
                name: SwiftLiteral.identifier(parameter.swiftName), type: type(parameter),
                documentation: parameter.documentation, standard: standard(parameter))
        }
        guard let body = operation.body else { return parameters }
        let bodyType =
            switch body.kind {
            case .json(let type), .text(let type): TypeText(type).swift + (body.isRequired ? "" : "?")
            case .form: "Form" + (body.isRequired ? "" : "?")
            case .stream: "any BodyStream"
            }
        return parameters + [InputMember(name: "body", type: bodyType, documentation: ["The body."], standard: "")]
    }

    private func type(_ parameter: ParameterModel) -> String {
        let type = TypeText(unwrapped(parameter.type)).swift
        return parameter.presence == .optional ? type + "?" : type
    }

    private func unwrapped(_ type: TypeUse) -> TypeUse { if case .nullable(let inner) = type { inner } else { type } }

    private func standard(_ parameter: ParameterModel) -> String {
        switch parameter.presence {
        case .defaulted(let text): " = \(text)"
        case .optional: " = nil"
        default: ""
        }
    }

    private func printInput(to swift: inout SwiftText) {
        swift.line("/// The input of the operation.")
        swift.block("\(access)struct Input: Sendable {") { swift in
            for member in members {
                swift.documentation(member.documentation)
                swift.line("\(access)var \(member.name): \(member.type)")
            }
            if !members.isEmpty { swift.line() }
            let parameters = members.map { "\($0.name): \($0.type)\($0.standard)" }.joined(separator: ", ")
            swift.block("\(access)init(\(parameters)) {") { swift in
                for member in members { swift.line("self.\(member.name) = \(member.name)") }
            }
        }
    }

    // MARK: Limits

    /// Prints the operation's own rate limits as constants, so that a service finds its numbers by name.
    private func printLimits(to swift: inout SwiftText) {
        let limits = operation.limits.filter { $0.swiftName != nil }
        guard !limits.isEmpty else { return }
        swift.line()
        swift.line("/// The rate limits of the operation.")
        swift.block("\(access)enum Limits {") { swift in
            for limit in limits {
                let name = SwiftLiteral.identifier(limit.swiftName ?? "")
                swift.line("\(access)static let \(name) = \(LimitText.of(limit))")
            }
        }
    }

    private func limitText(_ limit: LimitModel) -> String {
        limit.swiftName.map { "Limits.\(SwiftLiteral.identifier($0))" } ?? LimitText.of(limit)
    }

    // MARK: Metadata

    private func printOperation(to swift: inout SwiftText) {
        swift.line()
        swift.line("/// Metadata of the operation.")
        swift.line("\(access)static let operation = Operation(")
        swift.line(
            "    id: \(SwiftLiteral.text(operation.id)), method: .\(operation.method), path: \(SwiftLiteral.text(operation.serverPath + operation.path)),"
        )
        swift.line("    security: [\(operation.security.map(text).joined(separator: ", "))],")
        swift.line(
            "    consumes: [\((operation.body?.mediaTypes ?? []).map(SwiftLiteral.text).joined(separator: ", "))],")
        swift.line("    produces: [\(operation.produces.map(SwiftLiteral.text).joined(separator: ", "))],")
        let body = operation.body
        swift.line("    bodyBytesMax: \(body?.bytesMax ?? 0), isBodyRequired: \(body?.isRequired ?? false),")
        swift.line("    limits: [\(operation.limits.map(limitText).joined(separator: ", "))],")
        let headers = operation.parameters.filter { $0.place == .header }.map(\.name)
        if !headers.isEmpty {
            swift.line("    headers: [\(headers.map(SwiftLiteral.text).joined(separator: ", "))],")
        }
        if let once = operation.idempotency {
            swift.line("    idempotency: Idempotency(keepSeconds: \(once.keepSeconds), scope: .\(once.scope)),")
        }
        if operation.outputs.contains(where: \.isSigned) { swift.line("    signsURLs: true,") }
        let problems = operation.problems.map { ".\(SwiftLiteral.identifier($0.swiftName))" }
        swift.line("    problems: [\(problems.joined(separator: ", "))])")
    }

    private func text(_ alternative: SecurityAlternativeModel) -> String {
        let schemes = alternative.schemes.map { "SecurityScheme(\(SwiftLiteral.text($0.name)), \($0.carrier))" }
        let scopes = alternative.scopes.map(SwiftLiteral.text).joined(separator: ", ")
        return
            "SecurityAlternative([\(schemes.joined(separator: ", "))]\(scopes.isEmpty ? "" : ", scopes: [\(scopes)]"))"
    }

    // MARK: Endpoint

    private func printEndpoint(to swift: inout SwiftText) {
        swift.line()
        swift.line("/// Decodes the request, calls the service, encodes the output.")
        swift.block("static func endpoint(_ service: some \(operation.service)) -> Endpoint {") { swift in
            let policyInput = needsPolicyInput ? ", policyInput: policyInput(of:)" : ""
            swift.line("Endpoint(")
            swift.line("    operation, decode: decode\(policyInput),")
            let isReloaded = operation.idempotency?.subjectProperty != nil
            swift.line("    handle: handle(service), encode: encode\(isReloaded ? "," : ")")")
            if isReloaded { swift.line("    reload: { try await service.\(operation.reloadName)($0, $1) })") }
        }
        printHandle(to: &swift)
    }

    private func printHandle(to swift: inout SwiftText) {
        swift.line()
        swift.line("/// Calls the service.")
        swift.line("static func handle(")
        swift.line("    _ service: some \(operation.service)")
        swift.block(") -> @Sendable (Input, Context) async throws -> Output {") { swift in
            swift.line("{ try await service.\(SwiftLiteral.identifier(operation.methodName))($0, $1) }")
        }
    }

    // MARK: Policies

    private var inputLimits: [LimitModel] { operation.limits.filter { LimitText.stage(of: $0) == "input" } }

    private var needsPolicyInput: Bool { operation.idempotency != nil || !inputLimits.isEmpty }

    private func printPolicyInput(to swift: inout SwiftText) {
        guard needsPolicyInput else { return }
        var parts: [String] = []
        if !inputLimits.isEmpty { parts.append("limitKeys: [\(inputLimits.map(key).joined(separator: ", "))]") }
        if let idempotency = operation.idempotency {
            parts.append("idempotencyKey: input.\(SwiftLiteral.identifier(idempotency.swiftName))")
            if let file = form?.file(isRequired: operation.body?.isRequired == true) { parts.append("file: \(file)") }
        }
        swift.line()
        swift.line("/// The values that policies need.")
        swift.block("@Sendable static func policyInput(of input: Input) -> PolicyInput {") { swift in
            swift.line("PolicyInput(\(parts.joined(separator: ", ")))")
        }
    }

    /// The members of the body that are parts of a limit's key, as Swift text; nil if the limit does not apply.
    private func key(_ limit: LimitModel) -> String {
        let isRequired = operation.body?.isRequired == true
        let texts = limit.key.compactMap { part -> String? in
            guard case .body(let path) = part else { return nil }
            let member = path.map(SwiftLiteral.identifier).joined(separator: ".")
            return isRequired ? "input.body.\(member).lowercased()" : "input.body?.\(member).lowercased() ?? \"\""
        }
        let key = "[\(texts.joined(separator: ", "))]"
        guard let condition = limit.condition else { return key }
        return "input.\(SwiftLiteral.identifier(condition)) == nil ? nil : \(key)"
    }

    // MARK: Decoding

    private static let locals: Set = ["request", "parameters", "violations"]

    private func local(_ parameter: ParameterModel) -> String {
        LocalNames(operation.parameters.map(\.swiftName), besides: Self.locals)[parameter.swiftName]
    }

    /// Query parameters that only the security schemes declare.
    private var credentials: [String] {
        let declared = operation.parameters.filter { $0.place == .query }.map(\.name)
        return operation.security.flatMap(\.schemes).compactMap(\.queryName).filter { !declared.contains($0) }
    }

    private func printDecoder(to swift: inout SwiftText) {
        swift.line()
        swift.line("/// Reads the input and checks it against the schema.")
        swift.block("@Sendable static func decode(_ request: OperationRequest) async throws -> Input {") { swift in
            let queries = (operation.parameters.filter { $0.place == .query }.map(\.name) + credentials)
                .map(SwiftLiteral.text)
            let declared = queries.isEmpty ? "" : ", query: [\(queries.joined(separator: ", "))]"
            let keyword = operation.parameters.isEmpty ? "let" : "var"
            swift.line("\(keyword) parameters = ParameterReader(request\(declared))")
            for parameter in operation.parameters { printParameter(parameter, to: &swift) }
            printBody(to: &swift)
            printGuard(to: &swift)
            let arguments =
                operation.parameters.map { "\(SwiftLiteral.label($0.swiftName)): \(local($0))" }
                + (operation.body == nil ? [] : [bodyArgument])
            swift.line("return Input(\(arguments.joined(separator: ", ")))")
        }
    }

    private func printParameter(_ parameter: ParameterModel, to swift: inout SwiftText) {
        let source =
            switch parameter.place {
            case .path(let index): ".path(\(index), \(SwiftLiteral.text(parameter.name)))"
            case .query: ".query(\(SwiftLiteral.text(parameter.name)))"
            case .header: ".header(\(SwiftLiteral.text(parameter.name)))"
            case .cookie: ".cookie(\(SwiftLiteral.text(parameter.name)))"
            }
        let required = parameter.presence == .required ? ", required: true" : ""
        var standard = ""
        if case .defaulted(let text) = parameter.presence { standard = " ?? \(text)" }
        guard case .array(let item, _, _, _) = unwrapped(parameter.type) else {
            let read = ParameterTextCall(unwrapped(parameter.type)).text
            return swift.line("let \(local(parameter)) = parameters.one(\(source)\(required)) { \(read) }\(standard)")
        }
        let rule = TypeText(unwrapped(parameter.type)).ruleText.map { ", \($0)" } ?? ""
        let read = ParameterTextCall(item).text
        swift.line("let \(local(parameter)) = parameters.many(\(source)\(required)\(rule)) { \(read) }\(standard)")
    }

    private func printBody(to swift: inout SwiftText) {
        if form != nil {
            swift.line("var violations = parameters.violations")
            return swift.line("let body = try await decodeForm(request, &violations)")
        }
        if case .text(let type)? = operation.body?.kind {
            swift.line("var violations = parameters.violations")
            return swift.line("let body = try await request.text(&violations) { \(ParameterTextCall(type).text) }")
        }
        guard case .json(let type)? = operation.body?.kind else {
            return swift.line("let violations = parameters.violations")
        }
        swift.line("var violations = parameters.violations")
        if case .model(let name) = type {
            swift.line("let body = try await request.json(\(name).self, &violations)")
        } else {
            swift.line("let body = try await request.json(&violations) \(TypeText(type).closure)")
        }
    }

    private func printGuard(to swift: inout SwiftText) {
        var bindings = operation.parameters.filter { $0.presence == .required }.map { "let \(local($0))" }
        if let body = operation.body, body.kind != .stream, body.isRequired { bindings.append("let body") }
        let conditions = (["violations.isEmpty"] + bindings).joined(separator: ", ")
        swift.line("guard \(conditions) else { throw violations.problem }")
    }

    private var bodyArgument: String {
        if case .stream? = operation.body?.kind { "body: request.body" } else { "body: body" }
    }
}

/// The expression that parses a parameter's text.
struct ParameterTextCall {
    private let type: TypeUse

    init(_ type: TypeUse) {
        self.type = type
    }

    var text: String {
        let rule = TypeText(type).ruleText.map { ", \($0)" } ?? ""
        switch type {
        case .integer:
            return "ParameterText.integer($0\(rule.isEmpty ? ", NumberRule<\(TypeText(type).swift)>()" : rule))"
        case .number: return "ParameterText.number($0\(rule))"
        case .bool: return "ParameterText.bool($0)"
        case .identifier: return "ParameterText.identifier($0)"
        case .timestamp: return "ParameterText.timestamp($0)"
        case .date: return "ParameterText.date($0)"
        case .bytes: return "ParameterText.base64($0\(rule))"
        case .model(let name): return "ParameterText.choice($0, \(name).self)"
        case .constant(let inner, let json): return among("const", [json], inner)
        case .choice(let inner, let json): return among("enum", json, inner)
        case .nullable(let inner): return ParameterTextCall(inner).text
        case .any: return "ParameterText.value($0)"
        case .text, .array, .dictionary: return "ParameterText.text($0\(rule))"
        }
    }

    private func among(_ code: String, _ json: [String], _ inner: TypeUse) -> String {
        if case .number = inner {
            let texts = json.map(SwiftLiteral.text).joined(separator: ", ")
            return "ParameterText.among(\"\(code)\", numbers: [\(texts)], $0)"
        }
        let values = json.map(TypeText(inner).literal).joined(separator: ", ")
        return "ParameterText.among(\"\(code)\", [\(values)], \(ParameterTextCall(inner).text))"
    }
}
