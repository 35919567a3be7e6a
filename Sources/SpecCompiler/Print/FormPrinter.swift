/// Prints a form as a struct with its reader.
struct FormPrinter {
    let form: FormModel
    let access: String

    private func type(_ field: FormModel.Field) -> String {
        TypeText(field.type).swift + (field.presence == .optional ? "?" : "")
    }

    private func standard(_ field: FormModel.Field) -> String {
        switch field.presence {
        case .defaulted(let text): " = \(text)"
        case .optional: " = nil"
        default: ""
        }
    }

    // MARK: The struct

    private struct Member {
        let name: String
        let type: String
        let documentation: [String]
        let standard: String
    }

    private var members: [Member] {
        let fields = form.fields.map {
            Member(
                name: SwiftLiteral.identifier($0.swiftName), type: type($0), documentation: $0.documentation,
                standard: standard($0))
        }
        guard let file = form.file else { return fields }
        return fields + [
            Member(
                name: SwiftLiteral.identifier(file.swiftName), type: file.isRequired ? "FilePart" : "FilePart?",
                documentation: file.documentation, standard: file.isRequired ? "" : " = nil")
        ]
    }

    func printForm(to swift: inout SwiftText) {
        swift.line()
        swift.line("/// The parts of the form\(form.file == nil ? "" : "; the file comes last").")
        swift.block("\(access)struct Form: Sendable {") { swift in
            for member in members {
                swift.documentation(member.documentation)
                swift.line("\(access)var \(member.name): \(member.type)")
            }
            swift.line()
            let parameters = members.map { "\($0.name): \($0.type)\($0.standard)" }.joined(separator: ", ")
            swift.block("\(access)init(\(parameters)) {") { swift in
                for member in members { swift.line("self.\(member.name) = \(member.name)") }
            }
        }
    }

    /// The file of `input` as Swift text; nil if the form has none.
    func file(isRequired: Bool) -> String? {
        form.file.map { "input.body\(isRequired ? "" : "?").\(SwiftLiteral.identifier($0.swiftName))" }
    }

    // MARK: Decoding

    private static let locals: Set = ["request", "form", "violations"]

    private func local(_ swiftName: String) -> String {
        let names = form.fields.map(\.swiftName) + [form.file?.swiftName].compactMap(\.self)
        return LocalNames(names, besides: Self.locals)[swiftName]
    }

    func printDecoder(to swift: inout SwiftText) {
        swift.line()
        let head =
            "private static func decodeForm(_ request: OperationRequest, _ violations: inout Violations) async throws -> Form? {"
        swift.block(head) { swift in
            let names = form.fields.map { SwiftLiteral.text($0.name) }.joined(separator: ", ")
            let options = form.ignoresUnknown ? ", ignoresUnknown: true" : ""
            if form.isURLEncoded {
                swift.line("let form = try await request.urlEncodedForm(fields: [\(names)]\(options), &violations)")
            } else {
                swift.line("let form = try await request.form(")
                swift.line("    fields: [\(names)], file: \(fileRule)\(options), &violations)")
            }
            let isEmpty = form.fields.isEmpty && form.file == nil
            swift.line(isEmpty ? "guard form != nil else { return nil }" : "guard let form else { return nil }")
            for field in form.fields { printField(field, to: &swift) }
            if let file = form.file { printFile(file, to: &swift) }
            printResult(to: &swift)
        }
    }

    private var fileRule: String {
        guard let file = form.file else { return "nil" }
        let minimum = file.minimum > 0 ? ", minimum: \(file.minimum)" : ""
        let maximum = file.maximum.map { ", maximum: \($0)" } ?? ""
        return "FileRule(\(SwiftLiteral.text(file.name))\(minimum)\(maximum))"
    }

    private func printField(_ field: FormModel.Field, to swift: inout SwiftText) {
        let start = "\(SwiftLiteral.text(field.name))\(field.presence == .required ? ", required: true" : "")"
        let name = local(field.swiftName)
        var standard = ""
        if case .defaulted(let text) = field.presence { standard = " ?? \(text)" }
        switch (field.coding, field.type) {
        case (.json, let type):
            swift.line("let \(name) = try form.json(\(start), &violations) \(TypeText(type).closure)\(standard)")
        case (.text, .array(let item, _, _, _)):
            let rule = TypeText(field.type).ruleText.map { ", rule: \($0)" } ?? ""
            let read = ParameterTextCall(item).text
            swift.line("let \(name) = form.many(\(start)\(rule), &violations) { \(read) }\(standard)")
        case (.text, let type):
            let read = ParameterTextCall(type).text
            swift.line("let \(name) = form.one(\(start), &violations) { \(read) }\(standard)")
        }
    }

    private func printFile(_ file: FormModel.File, to swift: inout SwiftText) {
        swift.line("let \(local(file.swiftName)) = form.file")
        if file.isRequired { swift.line("form.requireFile(\(SwiftLiteral.text(file.name)), &violations)") }
    }

    private func printResult(to swift: inout SwiftText) {
        var needed = form.fields.filter { $0.presence == .required }.map { local($0.swiftName) }
        if let file = form.file, file.isRequired { needed.append(local(file.swiftName)) }
        let bindings = needed.map { ", let \($0)" }.joined()
        swift.line("guard violations.isEmpty\(bindings) else { return nil }")
        let arguments =
            form.fields.map { "\(SwiftLiteral.label($0.swiftName)): \(local($0.swiftName))" }
            + (form.file.map { ["\(SwiftLiteral.label($0.swiftName)): \(local($0.swiftName))"] } ?? [])
        swift.line("return Form(\(arguments.joined(separator: ", ")))")
    }
}
