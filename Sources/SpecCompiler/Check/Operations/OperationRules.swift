/// Checks every operation against the rules that concern it as a whole.
struct OperationRules {
    let objects: SpecObjects
    let folds: FoldedSchemas
    let operations: [OperationNode]
    var findings = Findings()
    /// The sentence of each problem code, by its status and name.
    var sentences: [String: Node] = [:]
    /// Sentences that were checked; operations share responses.
    var checkedSentences: Set<ObjectIdentifier> = []
    private var ids: [String: Node] = [:]
    private var swiftNames: [String: Location] = [:]

    init(_ objects: SpecObjects, _ folds: FoldedSchemas) {
        self.objects = objects
        self.folds = folds
        operations = OperationNode.all(in: objects.documents)
    }

    mutating func check() {
        checkTags()
        checkGeneralLimits()
        for operation in operations {
            checkID(operation)
            checkParameters(operation)
            checkResponses(operation)
            checkLimits(operation)
            checkIdempotency(operation)
            if operation.node["requestBody"] == nil, let bound = operation.node.member("x-body-bytes-max") {
                findings.error("body-bound", "this operation has no request body to limit", at: bound.keyLocation)
            }
        }
    }

    /// The location of an operation's method.
    func place(of operation: OperationNode) -> Location {
        operation.pathItem.member(operation.method)?.keyLocation ?? operation.node.location
    }

    // MARK: Names

    private mutating func checkID(_ operation: OperationNode) {
        guard let id = operation.node["operationId"] else { return checkDerivedID(operation) }
        guard let text = id.string else { return }
        if let first = ids.updateValue(id, forKey: text) {
            return findings.error(
                "operation-id", "'\(text)' is the 'operationId' of another operation", at: id.location,
                notes: [Diagnostic.Note("first declared here", at: first.location)])
        }
        checkSwiftName(SwiftNames.upper(text), "'\(text)'", at: id.location)
    }

    /// Warns of a name that gets a number, because another operation has it.
    private mutating func checkSwiftName(_ name: String, _ noun: String, at location: Location) {
        guard let other = swiftNames.updateValue(location, forKey: name) else { return }
        findings.warning(
            "operation-id", "\(noun) becomes the Swift name '\(name)', as another operation does, so it gets a number",
            at: location, notes: [Diagnostic.Note("the other one is here", at: other)])
    }

    /// Checks a name derived from method and path for collisions.
    private mutating func checkDerivedID(_ operation: OperationNode) {
        checkSwiftName(SwiftNames.upper(operation.id), "the operation", at: place(of: operation))
    }

    // MARK: Tags

    private mutating func checkTags() {
        guard let declared = objects.documents.root["tags"], declared.isSequence else { return }
        var names: [String: Node] = [:]
        for tag in declared.items {
            guard let name = tag["name"], let text = name.string else { continue }
            guard let first = names.updateValue(name, forKey: text) else { continue }
            findings.error(
                "tag", "the tag '\(text)' is declared twice", at: name.location,
                notes: [Diagnostic.Note("first declared here", at: first.location)])
        }
        for tag in operations.flatMap({ $0.node["tags"]?.items ?? [] }) {
            guard let text = tag.string, names[text] == nil else { continue }
            findings.warning(
                "tag", "the tag '\(text)' is not declared in 'tags'", at: tag.location,
                notes: [Diagnostic.Note("the tags are declared here", at: declared.location)],
                help: Suggestion.help(for: text, among: names.keys.sorted()))
        }
    }
}
