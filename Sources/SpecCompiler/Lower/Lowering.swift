/// Turns checked documents into the contract: every name is decided here.
package struct Lowering {
    private let documents: SpecDocuments
    private var schemas: SchemaLowering
    private var contract = Contract()

    /// The contract of a spec that Check found good; what it cannot express is a finding.
    package static func lower(
        _ documents: SpecDocuments, _ patterns: PatternCache
    ) -> (contract: Contract, diagnostics: [Diagnostic]) {
        var lowering = Lowering(documents, patterns)
        lowering.lower()
        return (lowering.contract, lowering.schemas.diagnostics)
    }

    private init(_ documents: SpecDocuments, _ patterns: PatternCache) {
        self.documents = documents
        let operations = OperationNode.all(in: documents)
        let names = operations.flatMap { [SwiftNames.upper($0.id), $0.serviceName] }
        schemas = SchemaLowering(documents: documents, automata: patterns, taken: Set(names))
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
        contract.services = services(operations)
        contract.limits = (root["x-rate-limit"]?.items ?? []).compactMap(LimitModel.init(of:))
        contract.models = schemas.finishedModels
        contract.patterns = schemas.patterns
        sizeBodies()
        let document = DocumentBundler.bundle(documents)
        contract.openAPIDocument = document.json
        contract.openAPIDocumentYAML = document.yaml
    }

    private func services(_ operations: [OperationNode]) -> [ServiceModel] {
        var services: [ServiceModel] = []
        for (node, model) in zip(operations, contract.operations) {
            if let index = services.firstIndex(where: { $0.name == model.service }) {
                services[index].operations.append(model.name)
            } else {
                services.append(
                    ServiceModel(
                        name: model.service, argumentName: SwiftNames.lower(node.tag), tag: node.tag,
                        documentation: documentation(ofTag: node.tag), operations: [model.name]))
            }
        }
        return services
    }

    private func documentation(ofTag tag: String) -> [String] {
        let node = documents.root["tags"]?.items.first { $0["name"]?.string == tag }
        let lines = SpecText.lines(node?["description"]?.string)
        return lines.isEmpty ? ["The operations of the tag \(tag)."] : lines
    }

    /// Bodies without a bound of their own may be as long as their schema can need, and at least `leastBytes`.
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
struct BodySize {
    /// For what the schema does not bound.
    static let unboundedBytes = 1 << 20
    /// A text that is somewhat too long is refused with a pointer to it (400), not by the size of its body (413).
    private static let leastBytes = 65_536
    /// For spaces between tokens.
    private static let spaceBytes = 1_024
    /// A code point outside the basic plane takes two `\uXXXX`.
    private static let escapedScalarBytes = 12
    private static let numberBytes = 64
    private let models: [String: Model]

    init(models: [Model]) {
        self.models = Dictionary(uniqueKeysWithValues: models.map { ($0.name, $0) })
    }

    func bytesMax(of type: TypeUse) -> Int {
        guard let bytes = bytes(type, depth: 0), bytes < 1 << 40 else { return Self.unboundedBytes }
        return max(bytes + Self.spaceBytes, Self.leastBytes)
    }

    /// nil where there is no bound.
    private func bytes(_ type: TypeUse, depth: Int) -> Int? {
        guard depth < 20 else { return nil }
        switch type {
        case .text(let rule), .bytes(let rule): return rule.maximum.map { $0 * Self.escapedScalarBytes + 2 }
        case .integer, .number: return Self.numberBytes
        case .bool: return 5
        case .identifier: return 36 * 6 + 2
        case .timestamp: return 40 * 6 + 2
        case .date: return 10 * 6 + 2
        case .array(let item, _, let maximum, _):
            guard let maximum, let each = bytes(item, depth: depth + 1) else { return nil }
            return 2 + maximum * (each + 1)
        case .dictionary, .any: return nil
        case .nullable(let inner): return bytes(inner, depth: depth).map { max($0, 4) }
        case .constant(_, let json): return json.utf8.count * 6
        case .choice(_, let json): return (json.map(\.utf8.count).max() ?? 0) * 6 + Self.numberBytes
        case .model(let name): return models[name].flatMap { bytes($0.shape, depth: depth + 1) }
        }
    }

    private func bytes(_ shape: Model.Shape, depth: Int) -> Int? {
        switch shape {
        case .enumeration(let cases):
            return (cases.map(\.text.unicodeScalars.count).max() ?? 0) * Self.escapedScalarBytes + 2
        case .union(let union):
            let sizes = union.alternatives.map { bytes($0.type, depth: depth) }
            return sizes.contains(nil) ? nil : sizes.compactMap { $0 }.max()
        case .object(let object):
            guard object.additional == .refused else { return nil }
            return object.properties.reduce(Optional(2)) { sum, property in
                guard let sum, let value = bytes(property.type, depth: depth) else { return nil }
                return sum + value + 4 + property.name.unicodeScalars.count * Self.escapedScalarBytes
            }
        }
    }
}
