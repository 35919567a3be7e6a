/// Turns checked documents into the contract: every name is decided here.
package struct Lowering {
    private let documents: SpecDocuments
    private var schemas: SchemaLowering
    private var contract = Contract()

    /// Lowers a spec that has passed Check; reports what the contract cannot express.
    ///
    /// - Parameter types: the names of the types that the storage contract has.
    package static func lower(
        _ documents: SpecDocuments, _ patterns: PatternCache, besides types: Set<String> = []
    ) -> (contract: Contract, diagnostics: [Diagnostic]) {
        var lowering = Lowering(documents, patterns, types)
        lowering.lower()
        return (lowering.contract, lowering.schemas.diagnostics)
    }

    private init(_ documents: SpecDocuments, _ patterns: PatternCache, _ types: Set<String>) {
        self.documents = documents
        let operations = OperationNode.all(in: documents)
        schemas = SchemaLowering(
            documents: documents, automata: patterns, taken: types.union(operations.map(\.serviceName)),
            operationNames: Set(operations.map { SwiftNames.upper($0.id) }))
    }

    private mutating func lower() {
        let root = documents.root
        contract.title = root["info"]?["title"]?.string ?? ""
        contract.version = root["info"]?["version"]?.string ?? ""
        contract.rootPath = documents.rootPath
        contract.access =
            root["x-swift"]?["access"]?.string.flatMap(GenerateOptions.Access.init(rawValue:)) ?? .internal
        let operations = OperationNode.all(in: documents)
        for operation in operations {
            var lowering = OperationLowering(documents: documents, operation: operation)
            contract.operations.append(lowering.lower(&schemas))
        }
        nameMethods()
        for index in contract.operations.indices {
            contract.operations[index].name = schemas.operationName(contract.operations[index].name)
        }
        contract.problems = ProblemLowering.lower(&contract.operations)
        contract.services = services(operations)
        contract.limits = (root["x-rate-limit"]?.items ?? []).compactMap(LimitModel.init(of:))
        contract.models = schemas.finishedModels
        contract.patterns = schemas.patterns
        sizeBodies()
        markSigned()
        let document = DocumentBundler.bundle(documents, contract)
        contract.openAPIDocument = document.json
        contract.openAPIDocumentYAML = document.yaml
    }

    /// Gives each method of a service a name of its own.
    private mutating func nameMethods() {
        var taken: [String: Set<String>] = [:]
        for index in contract.operations.indices {
            let operation = contract.operations[index]
            contract.operations[index].methodName = SwiftNames.unique(
                operation.methodName, in: &taken[operation.service, default: ["self", "init", "Type"]])
        }
    }

    /// The services in the order of the root's `tags`, then those of undeclared tags by name, so that a new path leaves
    /// the order of the others as it is.
    private func services(_ operations: [OperationNode]) -> [ServiceModel] {
        var services: [ServiceModel] = []
        var taken: Set<String> = ["self", "init", "Type"]
        for (node, model) in zip(operations, contract.operations) {
            if let index = services.firstIndex(where: { $0.name == model.service }) {
                services[index].operations.append(model.name)
            } else {
                services.append(
                    ServiceModel(
                        name: model.service, argumentName: SwiftNames.unique(SwiftNames.lower(node.tag), in: &taken),
                        tag: node.tag,
                        documentation: documentation(ofTag: node.tag), operations: [model.name]))
            }
        }
        let declared = (documents.root["tags"]?.items ?? []).compactMap { $0["name"]?.string }
        func place(_ service: ServiceModel) -> Int { declared.firstIndex(of: service.tag) ?? declared.count }
        return services.sorted { (place($0), $0.name) < (place($1), $1.name) }
    }

    private func documentation(ofTag tag: String) -> [String] {
        let node = documents.root["tags"]?.items.first { $0["name"]?.string == tag }
        let lines = SpecText.lines(node?["description"]?.string)
        return lines.isEmpty ? ["The operations of the tag \(tag)."] : lines
    }

    /// Marks the outputs whose references are signed (`x-signed`).
    private mutating func markSigned() {
        guard let name = schemas.signingScheme else { return }
        contract.signingScheme = SecurityAlternativeModel.Scheme(named: name, in: documents)
        let reach = SignedReach(contract.models)
        for index in contract.operations.indices {
            let security = contract.operations[index].security
            let mayBeAnonymous = security.isEmpty || security.contains { $0.schemes.isEmpty }
            for output in contract.operations[index].outputs.indices {
                guard case .json(let type, _) = contract.operations[index].outputs[output].content,
                    reach.contains(type)
                else { continue }
                contract.operations[index].outputs[output].isSigned = true
                contract.operations[index].outputs[output].needsViewer = mayBeAnonymous
            }
        }
    }

    /// Sets the bound of bodies without `x-body-bytes-max`: the longest JSON text that the schema allows, at least
    /// `leastBytes`.
    private mutating func sizeBodies() {
        let sizes = BodySize(models: contract.models)
        for index in contract.operations.indices {
            guard let body = contract.operations[index].body, body.bytesMax == 0 else { continue }
            guard case .json(let type) = body.kind else { continue }
            contract.operations[index].body?.bytesMax = sizes.bytesMax(of: type)
        }
    }
}

/// The longest JSON text that a schema allows.
final class BodySize {
    /// The bound for schemas without one.
    static let unboundedBytes = 1 << 20
    /// The smallest bound: a slightly too long string is rejected with a pointer to it (400), not by the size of its
    /// body (413).
    private static let leastBytes = 65_536
    /// The allowance for whitespace between tokens.
    private static let spaceBytes = 1_024
    /// The longest escape of a code point: two `\uXXXX` outside the basic plane.
    private static let escapedScalarBytes = 12
    private static let numberBytes = 64
    private let models: [String: Model]
    /// The sizes so far; nil inside for a model without a bound, or one that is being measured.
    private var sizes: [String: Int?] = [:]

    init(models: [Model]) {
        self.models = Dictionary(uniqueKeysWithValues: models.map { ($0.name, $0) })
    }

    func bytesMax(of type: TypeUse) -> Int {
        guard let bytes = bytes(type) else { return Self.unboundedBytes }
        return max(bytes + Self.spaceBytes, Self.leastBytes)
    }

    /// The bound of a text: four bytes for each character.
    static func textBytesMax(of type: TypeUse) -> Int {
        guard case .text(let rule) = type, let bytes = product(rule.maximum, 4) else { return unboundedBytes }
        return max(bytes, leastBytes)
    }

    /// The longest JSON text of a type in bytes, or nil if it is unbounded.
    private func bytes(_ type: TypeUse) -> Int? {
        switch type {
        case .text(let rule), .bytes(let rule):
            return Self.product(rule.maximum, Self.escapedScalarBytes).map { $0 + 2 }
        case .integer, .number: return Self.numberBytes
        case .bool: return 5
        case .identifier: return 36 * 6 + 2
        case .timestamp: return 40 * 6 + 2
        case .date: return 10 * 6 + 2
        case .array(let item, _, let maximum, _):
            return Self.product(maximum, bytes(item).map { $0 + 1 }).map { $0 + 2 }
        case .dictionary, .any: return nil
        case .nullable(let inner): return bytes(inner).map { max($0, 4) }
        case .constant(_, let json): return json.utf8.count * 6
        case .choice(_, let json): return (json.map(\.utf8.count).max() ?? 0) * 6 + Self.numberBytes
        case .model(let name): return bytes(ofModel: name)
        }
    }

    private func bytes(ofModel name: String) -> Int? {
        if let known = sizes[name] { return known }
        sizes[name] = .some(nil)
        let size = models[name].flatMap { bytes($0.shape) }
        sizes[name] = .some(size)
        return size
    }

    private func bytes(_ shape: Model.Shape) -> Int? {
        switch shape {
        case .enumeration(let cases):
            return (cases.map(\.text.unicodeScalars.count).max() ?? 0) * Self.escapedScalarBytes + 2
        case .union(let union):
            let sizes = union.alternatives.map { bytes($0.type) }
            return sizes.contains(nil) ? nil : sizes.compactMap { $0 }.max()
        case .object(let object):
            guard object.additional == .refused else { return nil }
            return object.properties.reduce(Optional(2)) { sum, property in
                guard let sum, let value = bytes(property.type) else { return nil }
                let bytes = sum + value + 4 + property.name.unicodeScalars.count * Self.escapedScalarBytes
                return bytes < Self.countedBytesMax ? bytes : nil
            }
        }
    }

    /// A size above it counts as unbounded.
    static let countedBytesMax = 1 << 40

    private static func product(_ count: Int?, _ bytes: Int?) -> Int? {
        guard let count, let bytes else { return nil }
        let (product, isTooLarge) = count.multipliedReportingOverflow(by: bytes)
        return isTooLarge || product >= countedBytesMax ? nil : product
    }
}
