/// Parameters and headers that cannot be read as they are declared.
struct ParameterRules {
    let objects: SpecObjects
    let views: SchemaViews
    var findings = Findings()

    init(_ objects: SpecObjects, _ views: SchemaViews) {
        self.objects = objects
        self.views = views
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
                "path-parameter", "a parameter of the path is required", at: location, help: "write required: true")
        }
        if place == "header", let name = node["name"], let text = name.string, Self.reserved.contains(text.lowercased())
        {
            findings.warning(
                "header-reserved", "OpenAPI ignores a parameter for the header '\(text)'", at: name.location,
                help: text.lowercased() == "authorization"
                    ? "declare a security scheme" : "the media types of the content say it")
        }
        checkValue(node, place: place, isAnswer: false)
    }

    private static let reserved: Set = ["accept", "content-type", "authorization"]

    private mutating func checkNames(_ response: Node) {
        for header in response["headers"]?.members ?? [] where header.key.lowercased() == "content-type" {
            findings.warning(
                "header-reserved", "OpenAPI ignores a declaration of the header 'Content-Type'",
                at: header.keyLocation, help: "the media types of the content say it")
        }
    }

    private mutating func checkValue(_ node: Node, place: String, isAnswer: Bool) {
        let noun = isAnswer ? "a header" : "a parameter"
        guard let schema = node["schema"] else {
            guard node["content"] == nil else { return }
            // A rule of the schema that stands beside its place was spoken of.
            if node.members.contains(where: { Misplaced($0.key, in: .parameter).parent == "schema" }) { return }
            return findings.error("keyword-missing", "\(noun) needs 'schema'", at: node.location)
        }
        for keyword in ["allowEmptyValue", "allowReserved"] {
            guard let member = node.member(keyword), member.value.bool == true else { continue }
            findings.error("keyword-unsupported", "'\(keyword)' is not enforced yet", at: member.keyLocation)
        }
        let view = views.view(schema)
        checkStyle(node, place, isList: view.valueTypes?.isDisjoint(with: ["array", "object"]) == false)
        checkType(view, schema, place: place, noun: noun)
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
                    "value-type", "there is no style '\(text)'", at: style.location,
                    help: Suggestion.help(for: text, among: Self.styles) ?? "write '\(usual)'")
            }
            findings.error(
                "keyword-unsupported", "the style '\(text)' is not read yet", at: style.location,
                help: "use '\(usual)', which is what a \(place) has without 'style'")
        }
        if let explode = node["explode"], let flag = explode.bool, flag != (usual == "form"), isList {
            findings.error("keyword-unsupported", "explode: \(flag) is not read yet", at: explode.location)
        }
    }

    // MARK: Types

    /// The types that the values of an enum or const may have together.
    private static let readable: Set<Set<String>> = [
        ["string"], ["boolean"], ["integer"], ["number"], ["integer", "number"],
    ]

    private mutating func checkType(_ view: SchemaView, _ schema: Node, place: String, noun: String) {
        if !view.alternatives.filter({ $0["type"]?.string != "null" }).isEmpty {
            return refuse("\(noun) of several alternatives is not read yet", schema)
        }
        if let types = view.chosenTypes?.subtracting(["null"]), !Self.readable.contains(types) {
            return refuse("\(noun) with values of several types is not read yet", schema)
        }
        guard let types = view.valueTypes else { return }
        if types == ["null"] || types.count > 1 && types != ["integer", "number"] {
            return refuse("\(noun) of several types is not read yet", schema)
        }
        if types.contains("object") { return refuse("\(noun) that is an object is not read yet", schema) }
        guard types.contains("array") else { return }
        guard place == "query" else { return refuse("a list in a \(place) is not read yet", schema) }
        guard let items = view["items"]?.value else { return }
        let item = views.view(items)
        if item.valueTypes?.isDisjoint(with: ["array", "object"]) == false || !item.alternatives.isEmpty {
            refuse("a list in a query holds only plain values yet", items)
        }
    }

    private mutating func refuse(_ message: String, _ node: Node) {
        findings.error("keyword-unsupported", message, at: node.location)
    }
}
