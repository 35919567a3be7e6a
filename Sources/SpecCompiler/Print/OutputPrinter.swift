/// Prints the declared answers of an operation as an enum, and how each becomes bytes.
struct OutputPrinter {
    let operation: OperationModel
    let access: String

    func print(to swift: inout SwiftText) {
        for output in operation.outputs where !output.headers.isEmpty { printHeaders(output, to: &swift) }
        swift.line()
        swift.line("/// What the service answers.")
        swift.block("\(access)enum Output: Sendable {") { swift in
            for output in operation.outputs {
                let words = output.documentation.first ?? ""
                swift.documentation(["\(output.statusText): \(words)"])
                swift.line("case \(SwiftLiteral.identifier(output.caseName))\(payload(output))")
            }
        }
    }

    private func headersName(_ output: OutputModel) -> String { StatusNames.headersName(output.caseName) }

    private func payload(_ output: OutputModel) -> String {
        var parts: [String] = output.status == nil ? ["status: Int"] : []
        switch output.content {
        case .none: break
        case .json(let type, _): parts.append(TypeText(type).swift)
        case .raw: parts.append("Answer.Body")
        case .chosen: parts += ["Answer.Body", "contentType: String"]
        }
        if !output.headers.isEmpty { parts.append("headers: \(headersName(output))") }
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
        case .array(let item, _, _, _): "\(value).map { \(text(item, "$0")) }.joined(separator: \", \")"
        default: "\"\\(\(value))\""
        }
    }

    /// The function that makes an answer of an output.
    func printAnswer(to swift: inout SwiftText) {
        swift.line()
        swift.block("private static func answer(_ output: Output) -> Answer {") { swift in
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
        let pattern = bindings.isEmpty ? "" : "(\(bindings.joined(separator: ", ")))"
        let status = output.status.map { "\($0)" } ?? "status"
        let fields = output.headers.isEmpty ? "" : ", fields: headers.fields"
        let own = output.headers.isEmpty ? "HeaderFields()" : "headers.fields"
        swift.nested("case .\(SwiftLiteral.identifier(output.caseName))\(pattern):") { swift in
            switch output.content {
            case .none: swift.line("return Answer(\(status)\(fields))")
            case .raw(let mediaType):
                let type = SwiftLiteral.text(mediaType)
                swift.line("return Answer(\(status), contentType: \(type)\(fields), body: value)")
            case .chosen:
                swift.line(
                    "return Answer(\(status), fields: \(own).adding(\"Content-Type\", contentType), body: value)")
            case .json(let type, let mediaType):
                printJSON(type, status, fields, mediaType, to: &swift)
            }
        }
    }

    private func printJSON(
        _ type: TypeUse, _ status: String, _ fields: String, _ mediaType: String, to swift: inout SwiftText
    ) {
        let media = mediaType == "application/json" ? "" : ", contentType: \(SwiftLiteral.text(mediaType))"
        guard case .model = type else {
            return swift.block("return .json(\(status)\(fields)\(media)) { json in") {
                TypeText(type).write("value", to: &$0)
            }
        }
        swift.line("return .json(\(status), value\(fields)\(media))")
    }
}
