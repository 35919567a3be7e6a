/// Prints the declared responses of an operation as an enum with its encoder.
struct OutputPrinter {
    let operation: OperationModel
    let access: String

    func print(to swift: inout SwiftText) {
        for output in operation.outputs where !output.headers.isEmpty { printHeaders(output, to: &swift) }
        swift.line()
        guard !operation.outputs.isEmpty else { return printNone(to: &swift) }
        swift.line("/// The output of the operation.")
        swift.block("\(access)enum Output: Sendable {") { swift in
            for output in operation.outputs {
                let words = output.documentation.first ?? ""
                swift.documentation(["\(output.statusText): \(words)"])
                if output.needsViewer { swift.line("/// The references in it are signed for the viewer.") }
                swift.line("case \(SwiftLiteral.identifier(output.caseName))\(payload(output))")
            }
        }
    }

    /// Prints the output of an operation that declares only problems: a service cannot make one, so it throws.
    private func printNone(to swift: inout SwiftText) {
        swift.line("/// The output of the operation, which declares only problems: none can be made.")
        swift.block("\(access)struct Output: Sendable {") { $0.line("private init() {}") }
    }

    private func headersName(_ output: OutputModel) -> String { StatusNames.headersName(output.caseName) }

    private func payload(_ output: OutputModel) -> String {
        var parts: [String] = output.status == nil ? ["status: Int"] : []
        switch output.content {
        case .none: break
        case .json(let type, _): parts.append(TypeText(type).swift)
        case .raw: parts.append("OperationResponse.Body")
        case .chosen: parts += ["OperationResponse.Body", "contentType: String"]
        }
        if !output.headers.isEmpty { parts.append("headers: \(headersName(output))") }
        if output.needsViewer { parts.append("viewer: Identifier?") }
        return parts.isEmpty ? "" : "(\(parts.joined(separator: ", ")))"
    }

    private func printHeaders(_ output: OutputModel, to swift: inout SwiftText) {
        swift.line()
        swift.line("/// The header fields of `\(output.caseName)`.")
        swift.block("\(access)struct \(headersName(output)): Sendable {") { swift in
            let members = output.headers.map { header in
                (
                    name: SwiftLiteral.identifier(header.swiftName), header: header,
                    type: TypeText(header.type).swift + (header.isRequired ? "" : "?")
                )
            }
            for member in members {
                swift.documentation(member.header.documentation)
                swift.line("\(access)var \(member.name): \(member.type)")
            }
            swift.line()
            let parameters = members.map { "\($0.name): \($0.type)\($0.header.isRequired ? "" : " = nil")" }
            swift.block("\(access)init(\(parameters.joined(separator: ", "))) {") { swift in
                for member in members { swift.line("self.\(member.name) = \(member.name)") }
            }
            swift.line()
            printFields(output, to: &swift)
        }
    }

    private func printFields(_ output: OutputModel, to swift: inout SwiftText) {
        swift.block("var fields: HeaderFields {") { swift in
            swift.line("var fields = HeaderFields()")
            for header in output.headers {
                let name = SwiftLiteral.identifier(header.swiftName)
                let append = "fields.append(\(SwiftLiteral.text(header.name)), \(text(header.type, "value")))"
                if header.isRequired {
                    swift.line("fields.append(\(SwiftLiteral.text(header.name)), \(text(header.type, name)))")
                } else {
                    swift.line("if let value = \(name) { \(append) }")
                }
            }
            swift.line("return fields")
        }
    }

    private func text(_ type: TypeUse, _ value: String) -> String {
        switch type {
        case .text: value
        case .model: "\(value).rawValue"
        case .bytes: "Base64.encode(\(value))"
        case .any: "HeaderText.of(\(value))"
        case .constant(let inner, _), .choice(let inner, _): text(inner, value)
        case .array(let item, _, _, _): "\(value).map { \(text(item, "$0")) }.joined(separator: \", \")"
        default: "\"\\(\(value))\""
        }
    }

    /// Prints the function that encodes an output as a response.
    func printEncoder(to swift: inout SwiftText) {
        swift.line()
        swift.line("/// Writes the output as a response.")
        let effect = operation.outputs.contains { $0.status == nil } ? "throws " : ""
        swift.block("@Sendable static func encode(_ output: Output) \(effect)-> OperationResponse {") { swift in
            guard !operation.outputs.isEmpty else { return swift.line("OperationResponse(500)") }
            swift.line("switch output {")
            for output in operation.outputs { printCase(output, to: &swift) }
            swift.line("}")
        }
    }

    private func printCase(_ output: OutputModel, to swift: inout SwiftText) {
        var bindings: [String] = output.status == nil ? ["let status"] : []
        if output.content != .none { bindings.append("let value") }
        if output.content == .chosen { bindings.append("let contentType") }
        if !output.headers.isEmpty { bindings.append("let headers") }
        if output.needsViewer { bindings.append("let viewer") }
        let pattern = bindings.isEmpty ? "" : "(\(bindings.joined(separator: ", ")))"
        let status = output.status.map { "\($0)" } ?? checkedStatus(output)
        let fields = output.headers.isEmpty ? "" : ", fields: headers.fields"
        let own = output.headers.isEmpty ? "HeaderFields()" : "headers.fields"
        swift.nested("case .\(SwiftLiteral.identifier(output.caseName))\(pattern):") { swift in
            switch output.content {
            case .none: swift.line("return OperationResponse(\(status)\(fields))")
            case .raw(let mediaType):
                let type = SwiftLiteral.text(mediaType)
                swift.line("return OperationResponse(\(status), contentType: \(type)\(fields), body: value)")
            case .chosen:
                swift.line(
                    "return OperationResponse(\(status), fields: \(own).adding(\"Content-Type\", contentType), body: value)"
                )
            case .json(let type, let mediaType):
                let media = mediaType == "application/json" ? "" : ", contentType: \(SwiftLiteral.text(mediaType))"
                let viewer = output.needsViewer ? ", viewer: viewer" : ""
                printJSON(type, status, fields + media + viewer, origin(of: output), to: &swift)
            }
        }
    }

    /// The status of a range or of `default`, checked when it is sent.
    private func checkedStatus(_ output: OutputModel) -> String {
        let others = output.excluded.isEmpty ? "" : ", except: \(output.excluded)"
        let range = "\(output.statuses.lowerBound)...\(output.statuses.upperBound)"
        return "try OperationResponse.status(status, in: \(range)\(others))"
    }

    private func printJSON(
        _ type: TypeUse, _ status: String, _ arguments: String, _ origin: String, to swift: inout SwiftText
    ) {
        let response = origin.isEmpty ? "" : "OperationResponse"
        guard case .model = type else {
            return swift.block("return \(response).json(\(status)\(arguments)) { json in", end: "}\(origin)") {
                TypeText(type).write("value", to: &$0)
            }
        }
        swift.line("return \(response).json(\(status), value\(arguments))\(origin)")
    }

    /// The call that adds the ids behind a successful response: `.from(subject: value.id)`.
    private func origin(of output: OutputModel) -> String {
        guard let idempotency = operation.idempotency, (output.status ?? output.range.map { $0 * 100 } ?? 0) / 100 == 2
        else { return "" }
        let names = [("subject", idempotency.subjectProperty), ("user", idempotency.userProperty)]
        let ids = names.compactMap { label, name in
            name.map { "\(label): value.\(SwiftLiteral.identifier($0))" }
        }
        return ids.isEmpty ? "" : ".from(\(ids.joined(separator: ", ")))"
    }
}
