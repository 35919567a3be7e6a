/// Rejects defaults that generated code does not support yet.
struct DefaultRules {
    private let folds: FoldedSchemas
    var findings = Findings()

    init(_ folds: FoldedSchemas) {
        self.folds = folds
    }

    private static let typedFormats: Set = ["uuid", "date", "date-time", "byte"]

    mutating func check(_ schemas: [Node]) {
        for schema in schemas {
            guard let value = schema["default"], !value.isNull, let noun = noun(folds.fold(schema), value) else {
                continue
            }
            findings.lenient(
                "keyword-unsupported", "the default of \(noun) is not applied yet", at: value.location,
                help: "document it in the description, or make the value required")
        }
    }

    /// The noun for the schema if its default has no Swift expression, or nil.
    private func noun(_ folded: FoldedSchema, _ value: Node) -> String? {
        if !folded.alternatives.filter({ $0["type"]?.string != "null" }).isEmpty { return "several alternatives" }
        if let types = folded.chosenTypes?.subtracting(["null"]) {
            let isLiteral = types.isSubset(of: ["integer", "number"]) || types == ["string"] || types == ["boolean"]
            return isLiteral ? nil : "values that are not literals of one type"
        }
        if let format = folded["format"]?.string, Self.typedFormats.contains(format) {
            return "the format '\(format)'"
        }
        guard let types = folded.valueTypes else { return "a schema without a type" }
        if types.count > 1, types != ["integer", "number"] { return "a schema of several types" }
        if types == ["object"] { return "an object" }
        // The recursion ends with the value, even if a list contains lists of its own type.
        guard types == ["array"], let items = folded["items"], let first = value.items.first else { return nil }
        return noun(folds.fold(items), first).map { "a list of \($0)" }
    }
}
