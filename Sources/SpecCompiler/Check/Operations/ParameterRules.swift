/// Rejects parameters and headers that cannot be decoded as declared.
struct ParameterRules {
    let objects: SpecObjects
    let folds: FoldedSchemas
    var findings = Findings()

    init(_ objects: SpecObjects, _ folds: FoldedSchemas) {
        self.objects = objects
        self.folds = folds
    }

    mutating func check() {
        for node in objects.all(.parameter) { checkParameter(node) }
        for node in objects.all(.header) { checkValue(node, place: "header", isAnswer: true) }
        for response in objects.all(.response) { checkNames(response) }
    }

    private mutating func checkParameter(_ node: Node) {
        guard let place = node["in"]?.string, ["path", "query", "header", "cookie"].contains(place) else { return }
        if place == "path", node["required"]?.bool != true {
            let location = node["required"]?.location ?? node["name"]?.location ?? node.location
            findings.error(
                "path-parameter", "a path parameter must be required", at: location, help: "write required: true")
        }
        if place == "header", let name = node["name"], let text = name.string, Self.reserved.contains(text.lowercased())
        {
            findings.warning(
                "header-reserved", "OpenAPI ignores a parameter for the header '\(text)'", at: name.location,
                help: text.lowercased() == "authorization"
                    ? "declare a security scheme" : "the media types of 'content' declare it")
        }
        if place == "header" || place == "cookie", let name = node["name"], let text = name.string {
            checkToken(text, "a \(place)", at: name.location)
        }
        checkValue(node, place: place, isAnswer: false)
    }

    private mutating func checkToken(_ text: String, _ noun: String, at location: Location) {
        guard !HTTPToken.isToken(text) else { return }
        findings.error(
            "header-name", "\(NodeText.json(text)) cannot name \(noun)", at: location,
            help: "use letters, digits and any of !#$%&'*+-.^_`|~ (RFC 9110, 5.6.2)")
    }

    private static let reserved: Set = ["accept", "content-type", "authorization"]

    private mutating func checkNames(_ response: Node) {
        var seen: [String: Node.Member] = [:]
        for header in response["headers"]?.members ?? [] {
            checkToken(header.key, "a header", at: header.keyLocation)
            guard let first = seen.updateValue(header, forKey: header.key.lowercased()) else { continue }
            findings.error(
                "header-name", "the header '\(header.key)' is declared twice: the names of headers have no case",
                at: header.keyLocation, notes: [Diagnostic.Note("first declared here", at: first.keyLocation)])
        }
        for header in response["headers"]?.members ?? [] where header.key.lowercased() == "content-type" {
            findings.warning(
                "header-reserved", "OpenAPI ignores a declaration of the header 'Content-Type'",
                at: header.keyLocation, help: "the media types of 'content' declare it")
        }
    }

    private mutating func checkValue(_ node: Node, place: String, isAnswer: Bool) {
        let noun = isAnswer ? "a header" : "a parameter"
        guard let schema = node["schema"] else {
            guard node["content"] == nil else { return }
            // A misplaced keyword of the schema is already reported.
            if node.members.contains(where: { Misplaced($0.key, in: .parameter).parent == "schema" }) { return }
            return findings.error("keyword-missing", "\(noun) needs 'schema'", at: node.location)
        }
        for keyword in ["allowEmptyValue", "allowReserved"] {
            guard let member = node.member(keyword), member.value.bool == true else { continue }
            findings.error("keyword-unsupported", "'\(keyword)' is not enforced yet", at: member.keyLocation)
        }
        let folded = folds.fold(schema)
        checkStyle(node, place, isList: folded.valueTypes?.isDisjoint(with: ["array", "object"]) == false)
        checkType(folded, schema, place: place, noun: noun)
    }

    // MARK: Styles

    private static let styles = [
        "form", "simple", "matrix", "label", "spaceDelimited", "pipeDelimited", "deepObject", "cookie",
    ]

    private mutating func checkStyle(_ node: Node, _ place: String, isList: Bool) {
        let usual = place == "query" || place == "cookie" ? "form" : "simple"
        if let style = node["style"], let text = style.string, text != usual {
            guard Self.styles.contains(text) else {
                return findings.error(
                    "value-type", "the style '\(text)' is not valid", at: style.location,
                    help: Suggestion.help(for: text, among: Self.styles) ?? "write '\(usual)'")
            }
            findings.error(
                "keyword-unsupported", "the style '\(text)' is not supported yet", at: style.location,
                help: "use '\(usual)', which is what a \(place) has without 'style'")
        }
        if let explode = node["explode"], let flag = explode.bool, flag != (usual == "form"), isList {
            findings.error("keyword-unsupported", "explode: \(flag) is not supported yet", at: explode.location)
        }
    }

    // MARK: Types

    /// The combinations of types that the values of an enum or const may have.
    private static let readable: Set<Set<String>> = [
        ["string"], ["boolean"], ["integer"], ["number"], ["integer", "number"],
    ]

    private mutating func checkType(_ folded: FoldedSchema, _ schema: Node, place: String, noun: String) {
        let others = folded.alternatives.filter { !folds.fold($0).isOnlyNull }
        if others.count == 1 { return checkType(folds.fold(others[0]), others[0], place: place, noun: noun) }
        if !others.isEmpty { return refuse("\(noun) of several alternatives is not supported yet", schema) }
        if let types = folded.chosenTypes?.subtracting(["null"]), !Self.readable.contains(types) {
            return refuse("\(noun) with values of several types is not supported yet", schema)
        }
        guard let types = folded.valueTypes else { return }
        if types == ["null"] || types.count > 1 && types != ["integer", "number"] {
            return refuse("\(noun) of several types is not supported yet", schema)
        }
        if types.contains("object") { return refuse("\(noun) that is an object is not supported yet", schema) }
        guard types.contains("array") else { return }
        guard place == "query" else { return refuse("a list in a \(place) is not supported yet", schema) }
        guard let items = folded["items"] else { return }
        let item = folds.fold(items)
        if item.valueTypes?.isDisjoint(with: ["array", "object"]) == false || !item.alternatives.isEmpty {
            refuse("a list in a query can only contain plain values", items)
        } else if let types = item.chosenTypes?.subtracting(["null"]), !Self.readable.contains(types) {
            refuse("a list with values of several types is not supported yet", items)
        } else if let types = item.valueTypes?.subtracting(["null"]), !Self.readable.contains(types) {
            refuse("a list of several types is not supported yet", items)
        }
    }

    private mutating func refuse(_ message: String, _ node: Node) {
        findings.error("keyword-unsupported", message, at: node.location)
    }
}
