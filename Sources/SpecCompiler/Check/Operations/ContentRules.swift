/// Rejects bodies and responses with combinations of media types that are not supported yet.
struct ContentRules {
    let objects: SpecObjects
    let folds: FoldedSchemas
    var findings = Findings()

    init(_ objects: SpecObjects, _ folds: FoldedSchemas) {
        self.objects = objects
        self.folds = folds
    }

    mutating func check() {
        for body in objects.all(.requestBody) { checkBody(body) }
        for response in objects.all(.response) { checkResponse(response) }
    }

    private mutating func checkBody(_ body: Node) {
        guard let content = body.member("content"), content.value.isMapping else { return }
        let types = content.value.members
        if types.isEmpty {
            findings.error("media-type", "a request body must have at least one media type", at: content.keyLocation)
        }
        for type in types { checkName(type) }
        guard types.count > 1 else {
            for type in types { checkSchema(type) }
            return
        }
        for type in types where !MediaType.isJSON(type.key) && !MediaType.isForm(type.key) { checkRules(type) }
        if let json = types.first(where: { MediaType.isJSON($0.key) }) { return refuse(json, "JSON", among: types) }
        if let form = types.first(where: { MediaType.isForm($0.key) && $0.value["schema"] != nil }) {
            refuse(form, "form", among: types)
        }
    }

    /// Checks the schema of a body's only media type: JSON, forms and texts are enforced.
    private mutating func checkSchema(_ type: Node.Member) {
        if MediaType.isJSON(type.key) || MediaType.isForm(type.key) { return }
        guard MediaType.isText(type.key), let schema = type.value["schema"] else { return checkRules(type) }
        let folded = folds.fold(schema)
        if let types = folded.chosenTypes ?? folded.valueTypes, types.subtracting(["null"]) == ["string"],
            folded.alternatives.isEmpty, folded["format"]?.string != "binary"
        {
            return
        }
        checkRules(type)
    }

    /// Keywords of a schema that leave the bytes of a body as they are.
    private static let free: Set = [
        "title", "description", "example", "examples", "deprecated", "externalDocs", "contentMediaType",
        "contentEncoding", "$comment", "xml", "readOnly", "writeOnly", "nullable",
    ]

    /// Rejects a schema with rules for a body that the service reads as bytes.
    private mutating func checkRules(_ type: Node.Member) {
        guard let schema = type.value["schema"] else { return }
        for part in folds.fold(schema).nodes {
            let rule = part.members.first { member in
                if Self.free.contains(member.key) || member.key.hasPrefix("x-") { return false }
                if ["$ref", "allOf"].contains(member.key) { return false }
                if member.key == "type" { return member.value.string != "string" }
                return member.key != "format" || member.value.string != "binary"
            }
            guard let rule else { continue }
            findings.error(
                "keyword-unsupported", "'\(rule.key)' of a body in '\(type.key)' is not enforced yet",
                at: rule.keyLocation, notes: [Diagnostic.Note("the media type is here", at: type.keyLocation)],
                help: "write {type: string, format: binary}, and check the body in the service")
            return
        }
    }

    private mutating func refuse(_ type: Node.Member, _ noun: String, among types: [Node.Member]) {
        let other = types.first { $0.key != type.key } ?? type
        findings.error(
            "keyword-unsupported",
            "a body in several media types is not supported yet if one is \(noun == "JSON" ? noun : "a " + noun)",
            at: other.keyLocation, notes: [Diagnostic.Note("the \(noun) is here", at: type.keyLocation)])
    }

    private mutating func checkResponse(_ response: Node) {
        let types = response["content"]?.members ?? []
        for type in types { checkName(type) }
        let own = types.filter { $0.key.lowercased() != "application/problem+json" }
        guard own.count > 1, let json = own.first(where: { MediaType.isJSON($0.key) }) else { return }
        // The service chooses among other types; JSON is written by generated code.
        let other = own.first { $0.key != json.key } ?? json
        findings.error(
            "keyword-unsupported", "a response in several media types is not supported yet if one is JSON",
            at: other.keyLocation, notes: [Diagnostic.Note("the JSON is here", at: json.keyLocation)])
    }

    private mutating func checkName(_ type: Node.Member) {
        guard !Self.isName(type.key) else { return }
        findings.error(
            "media-type", "\(NodeText.shown(type.key)) is not a valid media type", at: type.keyLocation,
            help: "write one such as 'application/json'")
    }

    /// True for a type and its parameters, or for a range such as `image/*` (RFC 9110, 8.3.1 and 12.5.1).
    private static func isName(_ text: String) -> Bool {
        let name = text.prefix { $0 != ";" }
        let parts = name.split(separator: "/", omittingEmptySubsequences: false).map(trimmed)
        guard parts.count == 2, parts.allSatisfy(HTTPToken.isToken) else { return false }
        if name.contains("*"), parts[1] != "*" || parts[0] != "*" && parts[0].contains("*") { return false }
        return text.utf8.allSatisfy { (0x20..<0x7F).contains($0) }
    }

    private static func trimmed(_ part: Substring) -> Substring {
        var part = part.drop { $0 == " " }
        while part.last == " " { part.removeLast() }
        return part
    }
}
