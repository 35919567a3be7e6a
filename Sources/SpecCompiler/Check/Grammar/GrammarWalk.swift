/// Checks every object of the documents against the grammar, counts its keywords, and collects it for the rules.
///
/// A `$ref` puts its target into a queue instead of being entered, so that the depth of the walk is that of one
/// document, which Parse bounds; each object is entered once, even if several `$ref`s and aliases refer to it.
struct GrammarWalk {
    private struct Visit: Hashable {
        let node: ObjectIdentifier
        let kind: ObjectKind
    }

    var objects: SpecObjects
    var findings = Findings()
    var coverage = Coverage()
    private var visited: Set<Visit> = []
    private var waiting: [(node: Node, kind: ObjectKind)] = []

    init(_ objects: SpecObjects) {
        self.objects = objects
    }

    mutating func walk() {
        waiting.append((objects.documents.root, .document))
        while let next = waiting.popLast() { enter(next.node, next.kind) }
        coverage.schemas = objects.namedSchemas.count
        coverage.operations = objects.all(.operation).count
    }

    // MARK: Objects

    mutating func enter(_ node: Node, _ kind: ObjectKind) {
        guard visited.insert(Visit(node: ObjectIdentifier(node), kind: kind)).inserted else { return }
        if kind == .schema, node.bool != nil { return objects.add(node, kind) }
        guard expect(.object(kind), node, what: kind.noun) else { return }
        if let names = kind.names { return enterNames(node, kind, names) }
        objects.add(node, kind)
        for member in node.members {
            if isBesideReference(member, kind, node) {
                takeBeside(member, kind)
            } else {
                take(member, of: kind, in: node)
            }
        }
        guard kind != .document, node["$ref"] == nil else { return }
        let meant = meantKeywords(of: node, kind)
        for name in kind.required(in: objects.edition) where node[name] == nil && !meant.contains(name) {
            findings.error("keyword-missing", "\(kind.noun) needs '\(name)'", at: node.location)
        }
    }

    private mutating func enterNames(_ node: Node, _ kind: ObjectKind, _ names: ValueShape) {
        objects.add(node, kind)
        for member in node.members {
            if member.key.hasPrefix("x-"), kind != .securityRequirement {
                take(member, of: kind, in: node)
            } else if kind == .paths, OperationNode.methods.contains(member.key) {
                // A method that is not indented below its path: PathRules reports it, and the rest follows from it.
                coverage.typed += 1
            } else {
                coverage.typed += 1
                check(member.value, names, what: "'\(member.key)'")
            }
        }
    }

    private mutating func take(_ member: Node.Member, of kind: ObjectKind, in node: Node) {
        guard let keyword = Grammar.keyword(member.key, of: kind, in: objects.edition) else {
            return takeUnknown(member, of: kind)
        }
        guard keyword.edition == nil || keyword.edition == objects.edition else {
            // The same key may have another form in the other edition.
            return refuseEdition(keyword, member)
        }
        guard keyword.use != .refused else {
            return findings.error(
                "keyword-unsupported", "'\(member.key)' is not enforced yet", at: member.keyLocation,
                help: keyword.help)
        }
        count(keyword.use)
        if kind == .schema, member.key == "format", let name = member.value.string, SchemaRules.formats[name] == nil {
            coverage.openFormats += 1
        }
        if member.key == "$ref", kind.mayBeReference {
            follow(member.value, from: node, kind)
        } else if let other = Grammar.keyword(member.key, of: kind, in: objects.edition.other),
            other.edition == objects.edition.other, Self.fits(member.value, other.shape)
        {
            findings.error(
                "keyword-edition",
                "'\(member.key)' is \(keyword.shape.expectation) in OpenAPI \(objects.edition.rawValue), "
                    + "and \(other.shape.expectation) in \(objects.edition.other.rawValue) only",
                at: member.value.location, help: keyword.help)
        } else {
            check(member.value, keyword.shape, what: "'\(member.key)'")
        }
    }

    private mutating func refuseEdition(_ keyword: Keyword, _ member: Node.Member) {
        let known = keyword.edition?.rawValue ?? ""
        findings.error(
            "keyword-edition",
            "'\(member.key)' is a keyword of OpenAPI \(known), but this document is \(objects.edition.rawValue)",
            at: member.keyLocation, help: keyword.help)
    }

    private mutating func takeUnknown(_ member: Node.Member, of kind: ObjectKind) {
        if member.key.hasPrefix("x-") { return takeExtension(member, of: kind) }
        let help =
            Suggestion.help(for: member.key, among: keywords(of: kind)) ?? Misplaced(member.key, in: kind).help
        if kind == .schema, objects.edition == .v31, help == nil {
            // JSON Schema 2020-12, 6.5: an unknown keyword is an annotation.
            coverage.documentation += 1
            return findings.lenient(
                "keyword-unknown", "a schema has no keyword '\(member.key)', so it has no effect",
                at: member.keyLocation)
        }
        findings.error(
            "keyword-unknown", "\(kind.noun) has no keyword '\(member.key)'", at: member.keyLocation, help: help)
    }

    private func keywords(of kind: ObjectKind) -> [String] {
        Grammar.keywords(of: kind).filter { $0.edition == nil || $0.edition == objects.edition }.map(\.name)
    }

    /// The keywords that unknown ones were probably meant to be, or that these belong below, so that a mistake about
    /// an unknown keyword is reported once.
    private func meantKeywords(of node: Node, _ kind: ObjectKind) -> Set<String> {
        let required = kind.required(in: objects.edition)
        guard required.contains(where: { node[$0] == nil }) else { return [] }
        let names = keywords(of: kind)
        let unknown = node.members.map(\.key).filter { !names.contains($0) && !$0.hasPrefix("x-") }
        return Set(
            unknown.compactMap { Suggestion.nearest($0, among: names) ?? Misplaced($0, in: kind).parent })
    }

    /// Handles an `x-` keyword: other tools' extensions count as documentation; ours must be spelt right and allowed
    /// here.
    private mutating func takeExtension(_ member: Node.Member, of kind: ObjectKind) {
        let kinds = Grammar.kinds(having: member.key)
        guard kinds.isEmpty else {
            return findings.error(
                "extension-place", "'\(member.key)' is not allowed on \(kind.noun)", at: member.keyLocation,
                help: "write it on " + kinds.map(\.noun).joined(separator: " or "))
        }
        guard let help = Suggestion.help(for: member.key, among: Grammar.extensions) else {
            coverage.documentation += 1
            return
        }
        findings.error(
            "extension-unknown", "the extension '\(member.key)' is not supported", at: member.keyLocation, help: help)
    }

    private mutating func count(_ use: Keyword.Use) {
        switch use {
        case .enforced: coverage.enforced += 1
        case .typed: coverage.typed += 1
        case .documentation: coverage.documentation += 1
        case .refused: break
        }
    }

    // MARK: References

    /// Visits an object or the `$ref` in its place. Parse reports unresolved ones.
    mutating func enterPlace(_ node: Node, _ kind: ObjectKind) {
        guard let text = node["$ref"], !text.isMapping else { return enter(node, kind) }
        // Parse has reported a `$ref` that is not text.
        guard text.string != nil else { return }
        if kind.mayBeReference { return enter(node, kind) }
        guard visited.insert(Visit(node: ObjectIdentifier(node), kind: kind)).inserted else { return }
        follow(text, from: node, kind)
        coverage.typed += 1
        for member in node.members where member.key != "$ref" { takeBeside(member, kind) }
    }

    /// True if the `$ref` of the object makes the member have no effect.
    private func isBesideReference(_ member: Node.Member, _ kind: ObjectKind, _ node: Node) -> Bool {
        guard member.key != "$ref", node["$ref"]?.string != nil else { return false }
        return kind == .pathItem || kind == .schema && objects.edition == .v30 && !Self.words.contains(member.key)
    }

    /// Keywords that OpenAPI 3.0 ignores beside the `$ref` of a schema, taken as documentation.
    private static let words: Set = ["title", "description", "example", "deprecated"]

    private mutating func takeBeside(_ member: Node.Member, _ kind: ObjectKind) {
        let isWords = ["summary", "description"].contains(member.key) && objects.edition == .v31
        if isWords || member.key.hasPrefix("x-"), !Grammar.extensions.contains(member.key) {
            coverage.documentation += 1
            return
        }
        if kind == .schema {
            if member.key == "nullable" {
                coverage.typed += 1
                return check(member.value, .bool, what: "'nullable'")
            }
            coverage.documentation += 1
        }
        findings.add(
            kind == .schema, "ref-neighbour", "'\(member.key)' beside a $ref has no effect", at: member.keyLocation,
            help: kind == .schema ? "put the $ref into an allOf beside it" : "write it at the target of the $ref")
    }

    private mutating func follow(_ text: Node, from node: Node, _ kind: ObjectKind) {
        guard let target = objects.references.step(text)?.node else { return }
        if kind == .schema, let end = objects.target(of: node) {
            objects.namedSchemas.insert(ObjectIdentifier(end))
        }
        waiting.append((target, kind))
        // The target may be a `$ref` again.
        if !kind.mayBeReference, target["$ref"] != nil {
            waiting.removeLast()
            enterPlace(target, kind)
        }
    }
}
