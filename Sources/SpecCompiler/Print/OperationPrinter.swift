/// Prints an operation: its input, its output, what the run time knows of it, and the way between bytes and service.
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
            printProblems(to: &swift)
            printOperation(to: &swift)
            printEndpoint(to: &swift)
            printReader(to: &swift)
            form?.printReader(to: &swift)
            OutputPrinter(operation: operation, access: access).printAnswer(to: &swift)
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
            case .json(let type): TypeText(type).swift + (body.isRequired ? "" : "?")
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
        swift.line("/// What the client sends.")
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

    private func printProblems(to swift: inout SwiftText) {
        guard !operation.problems.isEmpty else { return }
        swift.line()
        swift.line("/// The refusals that the spec declares.")
        swift.block("\(access)enum Problems {") { swift in
            for problem in operation.problems {
                swift.documentation(problem.documentation)
                let name = SwiftLiteral.identifier(problem.swiftName)
                let code = "ProblemCode(\(problem.status), \(SwiftLiteral.text(problem.code)))"
                swift.line("\(access)static let \(name) = \(code)")
            }
        }
    }

    // MARK: What the run time knows

    private func printOperation(to swift: inout SwiftText) {
        swift.line()
        swift.line("/// What the server knows of it before the input is read.")
        swift.line("\(access)static let operation = Operation(")
        swift.line(
            "    id: \(SwiftLiteral.text(operation.id)), method: .\(operation.method), path: \(SwiftLiteral.text(operation.path)),"
        )
        swift.line("    security: [\(operation.security.map(text).joined(separator: ", "))],")
        swift.line(
            "    consumes: [\((operation.body?.mediaTypes ?? []).map(SwiftLiteral.text).joined(separator: ", "))],")
        swift.line("    produces: [\(operation.produces.map(SwiftLiteral.text).joined(separator: ", "))],")
        let body = operation.body
        swift.line("    bodyBytesMax: \(body?.bytesMax ?? 0), isBodyRequired: \(body?.isRequired ?? false),")
        swift.line("    limits: [\(operation.limits.map(LimitText.of).joined(separator: ", "))],")
        let headers = operation.parameters.filter { $0.place == .header }.map(\.name)
        if !headers.isEmpty {
            swift.line("    headers: [\(headers.map(SwiftLiteral.text).joined(separator: ", "))],")
        }
        if let once = operation.idempotency {
            swift.line("    idempotency: Idempotency(keepSeconds: \(once.keepSeconds), scope: .\(once.scope)),")
        }
        let problems = operation.problems.map { "Problems.\(SwiftLiteral.identifier($0.swiftName))" }
        swift.line("    problems: [\(problems.joined(separator: ", "))])")
    }

    private func text(_ alternative: SecurityAlternativeModel) -> String {
        let schemes = alternative.schemes.map { "SecurityScheme(\(SwiftLiteral.text($0.name)), \($0.carrier))" }
        let scopes = alternative.scopes.map(SwiftLiteral.text).joined(separator: ", ")
        return
            "SecurityAlternative([\(schemes.joined(separator: ", "))]\(scopes.isEmpty ? "" : ", scopes: [\(scopes)]"))"
    }

    // MARK: From bytes to the service

    private func printEndpoint(to swift: inout SwiftText) {
        swift.line()
        swift.line("/// Leads a request to the service and its output back.")
        swift.block("static func endpoint(_ service: some \(operation.service)) -> Endpoint {") { swift in
            swift.block("Endpoint(operation) { incoming in") { swift in
                swift.line("let input = try await read(incoming)")
                let call = "try await service.\(SwiftLiteral.identifier(operation.methodName))(input, incoming.context)"
                guard let once = operation.idempotency else { return swift.line("return answer(\(call))") }
                let file = form?.fileText(operation.body?.isRequired == true) ?? ""
                swift.block("return try await incoming.once(input.\(SwiftLiteral.identifier(once.swiftName))\(file)) {")
                {
                    $0.line("answer(\(call))")
                }
            }
        }
    }

    private static let locals: Set = ["incoming", "parameters", "violations"]

    private func local(_ parameter: ParameterModel) -> String {
        Self.locals.contains(parameter.swiftName)
            ? parameter.swiftName + "Value" : SwiftLiteral.identifier(parameter.swiftName)
    }

    /// Query parameters that only the security schemes name.
    private var credentials: [String] {
        let declared = operation.parameters.filter { $0.place == .query }.map(\.name)
        return operation.security.flatMap(\.schemes).compactMap(\.queryName).filter { !declared.contains($0) }
    }

    private func printReader(to swift: inout SwiftText) {
        swift.line()
        swift.block("private static func read(_ incoming: Incoming) async throws -> Input {") { swift in
            let queries = (operation.parameters.filter { $0.place == .query }.map(\.name) + credentials)
                .map(SwiftLiteral.text)
            let declared = queries.isEmpty ? "" : ", query: [\(queries.joined(separator: ", "))]"
            let keyword = operation.parameters.isEmpty ? "let" : "var"
            swift.line("\(keyword) parameters = ParameterReader(incoming\(declared))")
            for parameter in operation.parameters { printParameter(parameter, to: &swift) }
            printBody(to: &swift)
            printGuard(to: &swift)
            printGates(to: &swift)
            let arguments =
                operation.parameters.map { "\($0.swiftName): \(local($0))" }
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
            return swift.line("let body = try await readForm(incoming, &violations)")
        }
        guard case .json(let type)? = operation.body?.kind else {
            return swift.line("let violations = parameters.violations")
        }
        swift.line("var violations = parameters.violations")
        if case .model(let name) = type {
            swift.line("let body = try await incoming.json(\(name).self, &violations)")
        } else {
            swift.line("let body = try await incoming.json(&violations) \(TypeText(type).closure)")
        }
    }

    private func printGuard(to swift: inout SwiftText) {
        var bindings = operation.parameters.filter { $0.presence == .required }.map { "let \(local($0))" }
        if let body = operation.body, body.kind != .stream, body.isRequired { bindings.append("let body") }
        let conditions = (["violations.isEmpty"] + bindings).joined(separator: ", ")
        swift.line("guard \(conditions) else { throw violations.problem }")
    }

    private var bodyArgument: String {
        if case .stream? = operation.body?.kind { "body: incoming.body" } else { "body: body" }
    }

    private func printGates(to swift: inout SwiftText) {
        for (index, limit) in operation.limits.enumerated() where LimitText.stage(of: limit) == "input" {
            let texts = limit.key.compactMap { part -> String? in
                guard case .body(let path) = part else { return nil }
                return "body.\(path.map(SwiftLiteral.identifier).joined(separator: ".")).lowercased()"
            }
            swift.line("try await incoming.gate.admit(")
            swift.line(
                "    operation.limits[\(index)], input: [\(texts.joined(separator: ", "))], in: incoming.context)")
        }
    }
}

/// The call that reads a parameter's text.
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
        let values = json.map(TypeText(inner).literal).joined(separator: ", ")
        return "ParameterText.among(\"\(code)\", [\(values)], \(ParameterTextCall(inner).text))"
    }
}
