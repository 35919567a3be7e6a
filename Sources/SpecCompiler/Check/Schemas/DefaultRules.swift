/// Defaults that generated code cannot fill in yet.
struct DefaultRules {
    private let views: SchemaViews
    var findings = Findings()

    init(_ views: SchemaViews) {
        self.views = views
    }

    private static let typedFormats: Set = ["uuid", "date", "date-time", "byte"]

    mutating func check(_ schemas: [Node]) {
        for schema in schemas {
            guard let value = schema["default"], !value.isNull, let noun = noun(views.view(schema), value) else {
                continue
            }
            findings.error(
                "keyword-unsupported", "the default of \(noun) is not filled in yet", at: value.location,
                help: "tell it in the description, or require the value")
        }
    }

    /// What the schema is, where its default has no Swift expression.
    private func noun(_ view: SchemaView, _ value: Node) -> String? {
        if !view.alternatives.filter({ $0["type"]?.string != "null" }).isEmpty { return "several alternatives" }
        if let types = view.chosenTypes?.subtracting(["null"]) {
            let isLiteral = types.isSubset(of: ["integer", "number"]) || types == ["string"] || types == ["boolean"]
            return isLiteral ? nil : "values that are no literals of one type"
        }
        if let format = view["format"]?.value.string, Self.typedFormats.contains(format) {
            return "the format '\(format)'"
        }
        guard let types = view.valueTypes else { return "a schema without a type" }
        if types.count > 1, types != ["integer", "number"] { return "a schema of several types" }
        if types == ["object"] { return "an object" }
        // Ends with the value, although a list may hold lists of its own kind.
        guard types == ["array"], let items = view["items"]?.value, let first = value.items.first else { return nil }
        return noun(views.view(items), first).map { "a list of \($0)" }
    }
}
