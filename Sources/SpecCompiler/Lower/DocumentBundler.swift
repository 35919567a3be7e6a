/// Bundles a spec of many files into one OpenAPI 3.1 document.
struct DocumentBundler {
    private let documents: SpecDocuments
    /// The component name of each schema that a `$ref` points to, in the order of discovery.
    private var schemas: [(reference: Reference, name: String)] = []
    private var names: [Reference: String] = [:]
    private var taken: Set<String> = []
    private var isVersion30 = false
    private let contract: Contract

    /// The document as JSON and as YAML, with what the server does by itself.
    /// - Parameter contract: its operations and models are used.
    static func bundle(_ documents: SpecDocuments, _ contract: Contract) -> (json: String, yaml: String) {
        var bundler = DocumentBundler(documents, contract)
        let value = bundler.document()
        return (value.json, value.yaml)
    }

    private init(_ documents: SpecDocuments, _ contract: Contract) {
        self.documents = documents
        self.contract = contract
        isVersion30 = documents.root["openapi"]?.string?.hasPrefix("3.0") == true
        // The root's own components keep their names.
        let place = documents.reference(toDocument: documents.rootPath).appending("components").appending("schemas")
        for member in documents.root["components"]?["schemas"]?.members ?? [] {
            let own = place.appending(member.key)
            guard let target = try? documents.follow(member.value, at: own).get() else { continue }
            taken.insert(member.key)
            let end = isRefined(member.value) ? own : target.reference
            schemas.append((end, member.key))
            if names[end] == nil { names[end] = member.key }
        }
    }

    /// The components, which are written last, and what only this compiler reads.
    private static let ownKeys: Set = ["components", "x-swift", "x-spec"]

    /// True for a `$ref` with keywords beside it that have an effect.
    private func isRefined(_ node: Node) -> Bool {
        node["$ref"] != nil && node.members.count > 1 && (!isVersion30 || node["nullable"] != nil)
    }

    /// The end of a chain of `$ref`s, or the first link with keywords of its own.
    private func target(of node: Node) -> Reference? {
        var step = try? documents.resolve(node["$ref"] ?? node).get()
        var rest = ParseLimits.referenceChainMax
        while rest > 0, let link = step, let text = link.node["$ref"], !isRefined(link.node) {
            step = try? documents.resolve(text).get()
            rest -= 1
        }
        return step?.reference
    }

    private mutating func document() -> DocumentValue {
        let place = documents.reference(toDocument: documents.rootPath)
        var members: [(String, DocumentValue)] = []
        for member in documents.root.members where !Self.ownKeys.contains(member.key) {
            members.append((member.key, value(member.value, at: place.appending(member.key), isSchema: false)))
        }
        let additions = RuntimeComponents(
            headers: documents.root["components"]?["headers"]?.members.map(\.key) ?? [], schemas: &taken)
        members = members.map { name, value in
            switch name {
            case "openapi": (name, .string("3.1.0"))
            case "paths": (name, RuntimeDocumentation.paths(value, contract.operations, contract.models, additions))
            default: (name, value)
            }
        }
        let components = self.components(at: place.appending("components"), additions)
        return .object(members + (components.isEmpty ? [] : [("components", .object(components))]))
    }

    private mutating func components(
        at place: Reference, _ additions: RuntimeComponents
    ) -> [(String, DocumentValue)] {
        var members: [(String, DocumentValue)] = []
        for member in documents.root["components"]?.members ?? [] where member.key != "schemas" {
            members.append((member.key, value(member.value, at: place.appending(member.key), isSchema: false)))
        }
        if !additions.headers.isEmpty {
            let own = members.first { $0.0 == "headers" }?.1.members.map { ($0.name, $0.value) } ?? []
            members.removeAll { $0.0 == "headers" }
            members.append(("headers", .object(own + additions.headers)))
        }
        var written: [(String, DocumentValue)] = []
        var index = 0
        // Writing a schema can discover more.
        while index < schemas.count {
            let (reference, name) = schemas[index]
            if let node = documents.node(at: reference) {
                written.append((name, value(node, at: reference, isSchema: true)))
            }
            index += 1
        }
        written += additions.schemas
        return members + (written.isEmpty ? [] : [("schemas", .object(written))])
    }

    private mutating func value(_ node: Node, at place: Reference, isSchema: Bool) -> DocumentValue {
        switch node.value {
        case .null: return .null
        case .bool(let flag): return .bool(flag)
        case .integer(let number): return .number("\(number)")
        case .number(let number, let text): return .number(NodeText.number(number, text))
        case .string(let text): return .string(text)
        case .sequence(let items):
            return .array(
                items.enumerated().map { value($1, at: place.appending("\($0)"), isSchema: isSchema) })
        case .mapping: return mapping(node, at: place, isSchema: isSchema)
        }
    }

    private mutating func mapping(_ node: Node, at place: Reference, isSchema: Bool) -> DocumentValue {
        if node["$ref"]?.string != nil, case .success(let target) = documents.follow(node, at: place) {
            guard isSchema else { return value(target.node, at: target.reference, isSchema: false) }
            let end = self.target(of: node) ?? target.reference
            let reference = ("$ref", DocumentValue.string(component(end)))
            let object = [reference] + members(node, at: place, isSchema: true)
            return .object(isVersion30 && node["nullable"]?.bool == true ? Self.orNull(object) : object)
        }
        return .object(members(node, at: place, isSchema: isSchema))
    }

    private mutating func members(_ node: Node, at place: Reference, isSchema: Bool) -> [(String, DocumentValue)] {
        var members: [(String, DocumentValue)] = []
        let isIgnored = isSchema && isVersion30 && node["$ref"] != nil
        for member in node.members where member.key != "$ref" {
            if isIgnored, !Self.besideReference.contains(member.key) { continue }
            members.append((member.key, self.member(member, of: place, isSchema: isSchema)))
        }
        return isSchema && isVersion30 ? Self.upgraded(members) : members
    }

    private mutating func member(_ member: Node.Member, of place: Reference, isSchema: Bool) -> DocumentValue {
        let inner = place.appending(member.key)
        if isSchema ? Self.data.contains(member.key) : ["example", "examples"].contains(member.key) {
            return plain(member.value)
        }
        if isSchema, member.key == "discriminator" { return discriminator(member.value) }
        if isSchema, ["properties", "$defs", "patternProperties"].contains(member.key) {
            return .object(
                member.value.members.map { ($0.key, value($0.value, at: inner.appending($0.key), isSchema: true)) })
        }
        return value(member.value, at: inner, isSchema: isSchema || member.key == "schema")
    }

    private static let besideReference: Set = ["nullable", "title", "description", "example", "deprecated"]

    private static let data: Set = ["example", "examples", "default", "enum", "const"]

    private func plain(_ node: Node) -> DocumentValue {
        switch node.value {
        case .null: .null
        case .bool(let flag): .bool(flag)
        case .integer(let number): .number("\(number)")
        case .number(let number, let text): .number(NodeText.number(number, text))
        case .string(let text): .string(text)
        case .sequence(let items): .array(items.map(plain))
        case .mapping(let members): .object(members.map { ($0.key, plain($0.value)) })
        }
    }

    private mutating func discriminator(_ node: Node) -> DocumentValue {
        .object(
            node.members.map { member in
                guard member.key == "mapping" else { return (member.key, plain(member.value)) }
                return ("mapping", .object(member.value.members.map { ($0.key, .string(mapped($0.value))) }))
            })
    }

    private mutating func mapped(_ text: Node) -> String {
        guard case .success(let target) = documents.mapped(text) else {
            return text.string ?? ""
        }
        return component(target.reference)
    }

    private mutating func component(_ reference: Reference) -> String {
        if let known = names[reference] { return "#/components/schemas/" + known }
        let stem = reference.file.split(separator: "/").last?.split(separator: ".").first.map(String.init) ?? "Schema"
        let safe = String((reference.lastName ?? stem).map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
        let name = SwiftNames.unique(safe, in: &taken)
        schemas.append((reference, name))
        names[reference] = name
        return "#/components/schemas/" + name
    }

    /// Writes `nullable` beside a `$ref` or an `allOf` as an alternative.
    private static func orNull(_ members: [(String, DocumentValue)]) -> [(String, DocumentValue)] {
        guard members.contains(where: { $0.0 == "$ref" || $0.0 == "allOf" }) else { return members }
        return [("anyOf", .array([.object(members), .object([("type", .string("null"))])]))]
    }

    /// Converts keywords of OpenAPI 3.0 to 3.1.
    private static func upgraded(_ members: [(String, DocumentValue)]) -> [(String, DocumentValue)] {
        let isNullable = members.contains { $0.0 == "nullable" && $0.1 == .bool(true) }
        let lows = members.first { $0.0 == "exclusiveMinimum" }?.1 == .bool(true)
        let highs = members.first { $0.0 == "exclusiveMaximum" }?.1 == .bool(true)
        if isNullable, !members.contains(where: { $0.0 == "type" }) {
            return orNull(members.filter { $0.0 != "nullable" })
        }
        return members.compactMap { name, value in
            switch (name, value) {
            case ("nullable", _), ("exclusiveMinimum", .bool), ("exclusiveMaximum", .bool): nil
            case ("type", .string) where isNullable: (name, .array([value, .string("null")]))
            case ("minimum", _) where lows: ("exclusiveMinimum", value)
            case ("maximum", _) where highs: ("exclusiveMaximum", value)
            default: (name, value)
            }
        }
    }
}

extension SpecDocuments {
    /// The node that a reference points to.
    func node(at reference: Reference) -> Node? {
        guard var node = documents[reference.file] else { return nil }
        for step in reference.pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
            let name = JSONPointer.unescape(String(step))
            if node.isSequence, let index = Int(name), node.items.indices.contains(index) {
                node = node.items[index]
            } else if let next = node[name] {
                node = next
            } else {
                return nil
            }
        }
        return node
    }
}
