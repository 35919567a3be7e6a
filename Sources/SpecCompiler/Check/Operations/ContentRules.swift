/// Bodies and answers in media types that cannot be told apart yet.
struct ContentRules {
    let objects: SpecObjects
    var findings = Findings()

    init(_ objects: SpecObjects) {
        self.objects = objects
    }

    mutating func check() {
        for body in objects.all(.requestBody) { checkBody(body) }
        for response in objects.all(.response) { checkResponse(response) }
    }

    private mutating func checkBody(_ body: Node) {
        guard let content = body.member("content"), content.value.isMapping else { return }
        let types = content.value.members
        if types.isEmpty {
            findings.error("media-type", "a request body has at least one media type", at: content.keyLocation)
        }
        for type in types { checkName(type) }
        guard types.count > 1 else { return }
        if let json = types.first(where: { MediaType.isJSON($0.key) }) { return refuse(json, "JSON", among: types) }
        if let form = types.first(where: { MediaType.isForm($0.key) && $0.value["schema"] != nil }) {
            refuse(form, "form", among: types)
        }
    }

    private mutating func refuse(_ type: Node.Member, _ noun: String, among types: [Node.Member]) {
        let other = types.first { $0.key != type.key } ?? type
        findings.error(
            "keyword-unsupported",
            "a body of several media types is not supported yet where one is \(noun == "JSON" ? noun : "a " + noun)",
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
            "keyword-unsupported", "an answer in several media types is not supported yet where one is JSON",
            at: other.keyLocation, notes: [Diagnostic.Note("the JSON is here", at: json.keyLocation)])
    }

    private mutating func checkName(_ type: Node.Member) {
        guard !Self.isName(type.key) else { return }
        findings.error(
            "media-type", "'\(type.key)' is no media type", at: type.keyLocation,
            help: "write one such as 'application/json'")
    }

    private static func isName(_ text: String) -> Bool {
        let name = text.prefix { $0 != ";" }
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        return parts.count == 2
            && parts.allSatisfy { part in
                let part = part.drop { $0 == " " }
                return !part.isEmpty
                    && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "!#$&^_.+-*' ".contains($0)) }
            }
    }
}
