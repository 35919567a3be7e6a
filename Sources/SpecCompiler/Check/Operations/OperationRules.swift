/// Holds every operation against the rules that concern it as a whole.
struct OperationRules {
    let objects: SpecObjects
    let views: SchemaViews
    let operations: [OperationNode]
    var findings = Findings()
    private var ids: [String: Node] = [:]
    private var swiftNames: [String: Location] = [:]

    init(_ objects: SpecObjects, _ views: SchemaViews) {
        self.objects = objects
        self.views = views
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
                findings.error("body-bound", "this operation has no body to bound", at: bound.keyLocation)
            }
        }
    }

    /// Where the method of an operation is written.
    func place(of operation: OperationNode) -> Location {
        operation.pathItem.member(operation.method)?.keyLocation ?? operation.node.location
    }

    // MARK: Names

    private mutating func checkID(_ operation: OperationNode) {
        guard let id = operation.node["operationId"] else { return checkDerivedID(operation) }
        guard let text = id.string else { return }
        guard let first = text.first, first.isASCII, first.isLetter, text.allSatisfy(Self.isNamePart) else {
            return findings.error(
                "operation-id", "'\(text)' cannot become a Swift name", at: id.location,
                help: "begin with a letter, and use letters, digits, '-' and '_'")
        }
        if let first = ids.updateValue(id, forKey: text) {
            return findings.error(
                "operation-id", "'\(text)' is the 'operationId' of another operation", at: id.location,
                notes: [Diagnostic.Note("first declared here", at: first.location)])
        }
        let name = SwiftNames.upper(text)
        if SwiftNames.reserved.contains(name) {
            return findings.error(
                "operation-id", "'\(text)' becomes the Swift name '\(name)', which is taken", at: id.location)
        }
        guard let other = swiftNames.updateValue(id.location, forKey: name) else { return }
        findings.error(
            "operation-id", "'\(text)' becomes the Swift name '\(name)', as another operation does",
            at: id.location, notes: [Diagnostic.Note("the other one is here", at: other)])
    }

    /// Names made of method and path may meet others.
    private mutating func checkDerivedID(_ operation: OperationNode) {
        let name = SwiftNames.upper(operation.id)
        let place = place(of: operation)
        guard let other = swiftNames.updateValue(place, forKey: name) else { return }
        findings.error(
            "operation-id", "the operation becomes the Swift name '\(name)', as another one does", at: place,
            notes: [Diagnostic.Note("the other one is here", at: other)], help: "give it an 'operationId'")
    }

    private static func isNamePart(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || "-_./: ".contains(character))
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
