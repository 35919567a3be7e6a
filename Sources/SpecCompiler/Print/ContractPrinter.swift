/// Prints a contract as Swift. It makes no choices; Lower has made them all.
package struct ContractPrinter {
    private let contract: Contract
    private let options: GenerateOptions
    private var access: String { options.access.prefix }

    /// The text of each file by its name.
    package static func print(_ contract: Contract, options: GenerateOptions) -> [String: String] {
        ContractPrinter(contract: contract, options: options).files()
    }

    private func files() -> [String: String] {
        var files: [String: String] = [
            "Services.swift": services, "Routes.swift": routes, "Documents.swift": documents,
        ]
        if !contract.patterns.isEmpty { files["Patterns.swift"] = patterns }
        for (name, operations) in Dictionary(grouping: contract.operations, by: file) {
            files[name] = text { swift in
                for operation in operations { OperationPrinter(operation: operation, access: access).print(to: &swift) }
            }
        }
        for (name, models) in Dictionary(grouping: contract.models, by: { options.plan.modelsFile(for: $0.name) }) {
            files[name] = text { swift in for model in models { print(model, to: &swift) } }
        }
        return files
    }

    private func file(_ operation: OperationModel) -> String {
        options.plan.operationsFile(
            for: operation.file, root: contract.rootPath, operation: operation.name)
    }

    private func text(_ body: (inout SwiftText) -> Void) -> String {
        var swift = SwiftText(importing: options.access)
        body(&swift)
        return swift.text
    }

    private func print(_ model: Model, to swift: inout SwiftText) {
        switch model.shape {
        case .object(let object): ObjectPrinter(model: model, object: object, access: access).print(to: &swift)
        case .enumeration(let cases): EnumerationPrinter(model: model, cases: cases, access: access).print(to: &swift)
        case .union(let union): UnionPrinter(model: model, union: union, access: access).print(to: &swift)
        }
    }

    private var services: String {
        text { swift in
            printProblems(to: &swift)
            for service in contract.services { print(service, to: &swift) }
        }
    }

    /// Prints the problem codes of the spec that the run time does not declare.
    private func printProblems(to swift: inout SwiftText) {
        guard !contract.problems.isEmpty else { return }
        swift.line()
        swift.line("/// The problem codes of the spec.")
        swift.block("extension ProblemCode {") { swift in
            for problem in contract.problems {
                swift.documentation(problem.sentence.map { [$0] } ?? problem.documentation)
                let sentence = problem.sentence.map { ", \(SwiftLiteral.text($0))" } ?? ""
                let code = "ProblemCode(\(problem.status), \(SwiftLiteral.text(problem.code))\(sentence))"
                swift.line("\(access)static let \(SwiftLiteral.identifier(problem.swiftName)) = \(code)")
            }
        }
    }

    private func print(_ service: ServiceModel, to swift: inout SwiftText) {
        swift.line()
        swift.documentation(service.documentation)
        swift.block("\(access)protocol \(service.name): Sendable {") { swift in
            for (index, name) in service.operations.enumerated() {
                guard let operation = contract.operations.first(where: { $0.name == name }) else { continue }
                if index > 0 { swift.line() }
                swift.documentation(operation.documentation.isEmpty ? ["\(operation.id)"] : operation.documentation)
                printThrows(operation, to: &swift)
                let method = SwiftLiteral.identifier(operation.methodName)
                swift.line("func \(method)(_ input: \(name).Input, _ context: Context) async throws -> \(name).Output")
                if operation.idempotency?.subjectProperty != nil { printReload(operation, to: &swift) }
            }
        }
    }

    private func printReload(_ operation: OperationModel, to swift: inout SwiftText) {
        swift.line()
        swift.line("/// Makes the output of `\(operation.id)` for a replay, from the id in the first response.")
        swift.line(
            "func \(operation.reloadName)(_ id: Identifier, _ context: Context) async throws -> \(operation.name).Output"
        )
    }

    private func printThrows(_ operation: OperationModel, to swift: inout SwiftText) {
        guard !operation.problems.isEmpty else { return }
        let codes = operation.problems.map { "`\($0.code)` (\($0.status))" }.joined(separator: ", ")
        swift.line("///")
        swift.line("/// - Throws: ``Problem`` \(codes).")
    }

    private var routes: String {
        text { swift in
            swift.line()
            swift.line("/// The endpoints of the spec, and its root rate limits.")
            swift.block("\(access)enum Routes {") { swift in
                printLimits(to: &swift)
                swift.line()
                swift.line("/// An endpoint for each operation, in the order of the spec.")
                let names = serviceNames
                let parameters = contract.services.map { service in
                    let label = SwiftLiteral.identifier(service.argumentName)
                    let name = names[service.argumentName]
                    return "\(label)\(name == label ? "" : " " + name): some \(service.name)"
                }
                let head = "\(access)static func endpoints(\(parameters.joined(separator: ", "))) -> [Endpoint] {"
                swift.block(head) { swift in
                    swift.block("[", end: "]") { swift in
                        for operation in contract.operations {
                            swift.line("\(operation.name).endpoint(\(argument(operation, names))),")
                        }
                    }
                }
            }
        }
    }

    /// Prints the rate limits of requests that match no operation, and the scheme of signed URLs.
    private func printLimits(to swift: inout SwiftText) {
        swift.line("/// The root rate limits, for requests that match no operation.")
        let limits = contract.limits.map(LimitText.of).joined(separator: ", ")
        swift.line("\(access)static let limits: [RateLimit] = [\(limits)]")
        guard let scheme = contract.signingScheme else { return }
        swift.line()
        swift.line("/// The security scheme of signed URLs.")
        let value = "SecurityScheme(\(SwiftLiteral.text(scheme.name)), \(scheme.carrier))"
        swift.line("\(access)static let signedURLScheme = \(value)")
    }

    /// The parameters of `endpoints`; a script without capital letters has one name for service and operation.
    private var serviceNames: LocalNames {
        LocalNames(contract.services.map(\.argumentName), besides: Set(contract.operations.map(\.name)))
    }

    private func argument(_ operation: OperationModel, _ names: LocalNames) -> String {
        let service = contract.services.first { $0.name == operation.service }
        return names[service?.argumentName ?? ""]
    }

    private var patterns: String {
        var swift = SwiftText(importing: .internal)
        swift.line()
        swift.line("/// The spec's patterns, compiled to DFAs.")
        swift.block("enum Patterns {") { swift in
            for pattern in contract.patterns {
                swift.line("static let \(SwiftLiteral.identifier(pattern.name)) = Pattern(")
                swift.write("    \(SwiftLiteral.text(pattern.source)),")
                swift.line("    classes: \"\(pattern.classes)\", classCount: \(pattern.classCount),")
                swift.write("    transitions: \"\(pattern.transitions)\",")
                let meaning = pattern.meaning.map { ", meaning: \(SwiftLiteral.text($0))" } ?? ""
                swift.line("    accepting: \"\(pattern.accepting)\"\(meaning))")
            }
        }
        return swift.text
    }

    private var documents: String {
        var swift = SwiftText(importing: nil)
        swift.line()
        swift.line("/// The spec as one document, as served to clients.")
        swift.block("\(access)enum Documents {") { swift in
            swift.line("/// OpenAPI 3.1 as JSON.")
            swift.write("\(access)static let openAPI: StaticString = \(SwiftLiteral.text(contract.openAPIDocument))")
            swift.line("/// OpenAPI 3.1 as YAML.")
            swift.write(
                "\(access)static let openAPIYAML: StaticString = \(SwiftLiteral.text(contract.openAPIDocumentYAML))")
        }
        return swift.text
    }
}
