/// Prints stubs of the service methods that a package lacks: they compile, and each throws `Problem(.notImplemented)`.
struct StubsPrinter {
    private let contract: Contract
    private let sources: ServiceSources
    /// The module of the generated code, or nil if the stubs are in the same module.
    private let module: String?
    private var access: String { contract.access.prefix }

    init(_ contract: Contract, sources: ServiceSources, module: String?) {
        self.contract = contract
        self.sources = sources
        self.module = module
    }

    /// The Swift source of the stubs; empty if no method is missing.
    var text: String {
        let services = contract.services.filter { !missing($0).isEmpty }
        guard !services.isEmpty else { return "" }
        var swift = SwiftText()
        for name in ([module].compactMap { $0 } + ["SpecCore"]).sorted() {
            swift.line("\(contract.access == .internal ? "" : contract.access.prefix)import \(name)")
        }
        for service in services { print(service, to: &swift) }
        return swift.text
    }

    private func missing(_ service: ServiceModel) -> [OperationModel] {
        service.operations.compactMap { name in contract.operations.first { $0.name == name } }
            .filter { !sources.has($0) }
    }

    private func print(_ service: ServiceModel, to swift: inout SwiftText) {
        swift.line()
        if let type = sources.type(of: service) {
            swift.block("extension \(type) {") { printMethods(of: service, to: &$0) }
        } else {
            swift.documentation(service.documentation)
            swift.block("\(access)struct \(freeName(service)): \(service.name) {") { swift in
                swift.line("\(access)init() {}")
                swift.line()
                printMethods(of: service, to: &swift)
            }
        }
    }

    /// The name of the service's type: `Messages` for `MessagesService`, unless a model or an operation has that name.
    private func freeName(_ service: ServiceModel) -> String {
        let name = String(service.name.dropLast("Service".count))
        let isTaken = contract.models.contains { $0.name == name } || contract.operations.contains { $0.name == name }
        return isTaken ? name + "Rules" : name
    }

    private func printReload(_ operation: OperationModel, to swift: inout SwiftText) {
        let head = "\(access)func \(operation.reloadName)(_ id: Identifier, _ context: Context) async throws"
        swift.line()
        swift.block("\(head) -> \(operation.name).Output {") { swift in
            swift.line("throw Problem(.notImplemented, \"\(operation.id) is not implemented yet.\")")
        }
    }

    private func printMethods(of service: ServiceModel, to swift: inout SwiftText) {
        for (index, operation) in missing(service).enumerated() {
            if index > 0 { swift.line() }
            let name = SwiftLiteral.identifier(operation.methodName)
            let head = "\(access)func \(name)(_ input: \(operation.name).Input, _ context: Context) async throws"
            swift.block("\(head) -> \(operation.name).Output {") { swift in
                swift.line("throw Problem(.notImplemented, \"\(operation.id) is not implemented yet.\")")
            }
            if operation.idempotency?.subjectProperty != nil { printReload(operation, to: &swift) }
        }
    }
}
