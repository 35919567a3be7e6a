import SpecValues

extension SchemaValidator {
    /// The violations of a number, which its digits are judged by.
    func numbers(_ value: Node, _ schema: Node, isInteger: Bool) -> [Violation] {
        guard let exact = value.exact, value.number?.isFinite == true else {
            return [unreadable(value, schema, isInteger: isInteger)]
        }
        if isInteger, exact.integer(as: Int64.self) == nil {
            return [unreadable(value, schema, isInteger: isInteger)]
        }
        return (isInteger ? fits(exact, value, schema) : []) + bounds(exact, value, schema)
    }

    private func unreadable(_ value: Node, _ schema: Node, isInteger: Bool) -> Violation {
        let type = isInteger ? "a 64-bit integer" : "a finite number"
        return violation("\(NodeText.json(value)) is not \(type)", value, schema["type"] ?? schema)
    }

    private func fits(_ number: ExactNumber, _ value: Node, _ schema: Node) -> [Violation] {
        guard let format = schema["format"], format.string == "int32", number.integer(as: Int32.self) == nil else {
            return []
        }
        return [violation("\(NodeText.json(value)) does not fit int32", value, format)]
    }

    /// Applies each keyword as a rule of its own, so that each has its place in the spec.
    private func bounds(_ number: ExactNumber, _ value: Node, _ schema: Node) -> [Violation] {
        Self.rules(in: schema).compactMap { keyword, relation, isBroken in
            guard let bound = schema[keyword], let limit = bound.exact, isBroken(number, limit) else { return nil }
            return violation("\(NodeText.json(value)) is \(relation) \(NodeText.json(bound))", value, bound)
        }
    }

    private typealias Rule = (keyword: String, relation: String, isBroken: (ExactNumber, ExactNumber) -> Bool)

    private static func rules(in schema: Node) -> [Rule] {
        // In OpenAPI 3.0 a boolean makes the inclusive bound beside it exclusive.
        let isAbove = schema["exclusiveMinimum"]?.bool == true
        let isBelow = schema["exclusiveMaximum"]?.bool == true
        return [
            ("minimum", isAbove ? "not above" : "below", { isAbove ? $0 <= $1 : $0 < $1 }),
            ("maximum", isBelow ? "not below" : "above", { isBelow ? $0 >= $1 : $0 > $1 }),
            ("exclusiveMinimum", "not above", { $0 <= $1 }), ("exclusiveMaximum", "not below", { $0 >= $1 }),
            (
                "multipleOf", "not a multiple of",
                { number, step in
                    step.isPositive && ShortNumber(step).map { !$0.divides(number) } ?? false
                }
            ),
        ]
    }
}
