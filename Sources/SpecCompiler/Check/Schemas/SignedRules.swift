/// Checks `x-signed`: references in JSON responses that the server signs with the security scheme that the value names.
struct SignedRules {
    private let objects: SpecObjects
    private let folds: FoldedSchemas
    private let schemes: [Node.Member]
    private(set) var findings = Findings()
    /// The first `x-signed` of the spec.
    private var first: Node?

    init(_ objects: SpecObjects, _ folds: FoldedSchemas) {
        self.objects = objects
        self.folds = folds
        schemes = objects.documents.root["components"]?["securitySchemes"]?.members ?? []
    }

    mutating func check() {
        let signed = objects.all(.schema).compactMap { schema in schema.member("x-signed").map { (schema, $0) } }
        for (schema, member) in signed {
            checkType(schema, member)
            checkScheme(member.value)
        }
        if !signed.isEmpty { checkUses() }
    }

    private mutating func checkType(_ schema: Node, _ member: Node.Member) {
        let schema = folds.fold(schema)
        let isText = schema.valueTypes == ["string"] && schema["format"]?.string == "uri-reference"
        guard !isText || schema.has("enum") || schema.has("const") else { return }
        findings.error(
            "signed-misplaced", "'x-signed' is for strings of the format uri-reference", at: member.keyLocation,
            help: "write type: string and format: uri-reference, without 'enum' and 'const'")
    }

    // MARK: The scheme

    private mutating func checkScheme(_ value: Node) {
        guard let name = value.string else { return }
        let inQuery = schemes.filter { isInQuery($0) }.map(\.key)
        guard inQuery.contains(name) else { return reject(name, at: value, inQuery) }
        if let first, first.string != name {
            findings.error(
                "signed-scheme", "the references of a spec are signed with one security scheme", at: value.location,
                notes: [Diagnostic.Note("another one is named here", at: first.location)],
                help: first.string.map { "write x-signed: \($0)" })
        }
        first = first ?? value
    }

    private func isInQuery(_ scheme: Node.Member) -> Bool {
        guard let target = objects.target(of: scheme.value) else { return false }
        return target["type"]?.string == "apiKey" && target["in"]?.string == "query"
    }

    private mutating func reject(_ name: String, at value: Node, _ inQuery: [String]) {
        let declared = schemes.first { $0.key == name }
        findings.error(
            "signed-scheme",
            declared == nil
                ? "the security scheme '\(name)' is not declared"
                : "the security scheme '\(name)' is not an apiKey in the query",
            at: value.location,
            notes: declared.map { [Diagnostic.Note("the scheme is declared here", at: $0.keyLocation)] } ?? [],
            help: Suggestion.help(for: name, among: inQuery)
                ?? "declare a scheme with type: apiKey and in: query in components/securitySchemes")
    }

    // MARK: The place

    /// Rejects uses where no code signs: requests, header fields, and bodies that are not JSON.
    private mutating func checkUses() {
        var seen: Set<ObjectIdentifier> = []
        for body in objects.all(.requestBody) { checkContent(body, "a request", &seen) { _ in true } }
        for (kind, place) in [(ObjectKind.parameter, "a parameter"), (.header, "a header field")] {
            for holder in objects.all(kind) {
                checkSchema(holder, place, &seen)
                checkContent(holder, place, &seen) { _ in true }
            }
        }
        for response in objects.all(.response) {
            checkContent(response, "a body that is not JSON", &seen) { !MediaType.isJSON($0) }
        }
    }

    private mutating func checkContent(
        _ holder: Node, _ place: String, _ seen: inout Set<ObjectIdentifier>, _ isChecked: (String) -> Bool
    ) {
        for media in holder["content"]?.members ?? [] where isChecked(media.key) {
            checkSchema(objects.target(of: media.value) ?? media.value, place, &seen)
        }
    }

    private mutating func checkSchema(_ holder: Node, _ place: String, _ seen: inout Set<ObjectIdentifier>) {
        guard let schema = holder["schema"] else { return }
        var waiting = [schema]
        while let next = waiting.popLast() {
            guard seen.insert(ObjectIdentifier(next)).inserted else { continue }
            if let member = next.member("x-signed") { reject(member, place, schema) }
            waiting += parts(of: next)
        }
    }

    private mutating func reject(_ member: Node.Member, _ place: String, _ schema: Node) {
        findings.error(
            "signed-misplaced", "a reference in \(place) cannot be signed; only JSON responses are",
            at: member.keyLocation, notes: [Diagnostic.Note("the schema is used here", at: schema.location)],
            help: "use another schema here, or make the property readOnly")
    }

    /// The schemas that a value of this one can hold in a request.
    private func parts(of schema: Node) -> [Node] {
        let properties = (schema["properties"]?.members ?? []).map(\.value).filter {
            folds.fold($0)["readOnly"]?.bool != true
        }
        let lists = ["allOf", "oneOf", "anyOf"].flatMap { schema[$0]?.items ?? [] }
        let single = ["items", "additionalProperties"].compactMap { schema[$0] }
        let target = schema["$ref"] == nil ? nil : objects.target(of: schema)
        return properties + lists + single + [target].compactMap { $0 }
    }
}
