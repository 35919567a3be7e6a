import SpecValues

extension SchemaLowering {
    /// The narrowest bounds of all parts on a number.
    func decimals(_ folded: FoldedSchema) -> NumberRuleModel {
        let bounds = NumberBounds(folded)
        return NumberRuleModel(
            minimum: bounds.minimum.flatMap(NodeText.number), maximum: bounds.maximum.flatMap(NodeText.number),
            above: bounds.above.flatMap(NodeText.number), below: bounds.below.flatMap(NodeText.number),
            multipleOf: folded["multipleOf"].flatMap(NodeText.number))
    }

    /// The same on an integer: what no integer of the type can break is left out, and a fraction is rounded inwards.
    func integers(_ folded: FoldedSchema, bits: Int) -> NumberRuleModel {
        let bounds = NumberBounds(folded)
        return NumberRuleModel(
            minimum: Self.text(bounds.minimum, bits, rounding: .up),
            maximum: Self.text(bounds.maximum, bits, rounding: .down),
            above: Self.text(bounds.above, bits, rounding: .down), below: Self.text(bounds.below, bits, rounding: .up),
            multipleOf: folded["multipleOf"]?.exact?.integerStep.map { "\($0)" })
    }

    private static func text(_ bound: Node?, _ bits: Int, rounding rule: FloatingPointRoundingRule) -> String? {
        guard let value = bound?.exact?.rounded(rule) else { return nil }
        return bits == 32 ? Int32(exactly: value).map { "\($0)" } : "\(value)"
    }
}

/// The narrowest bounds of a schema's parts.
struct NumberBounds {
    private(set) var minimum: Node?
    private(set) var maximum: Node?
    private(set) var above: Node?
    private(set) var below: Node?

    init(_ folded: FoldedSchema) {
        for part in folded.nodes {
            // In OpenAPI 3.0 a boolean makes the inclusive bound beside it exclusive.
            if part["exclusiveMinimum"]?.bool == true {
                above = Self.larger(above, part["minimum"])
            } else {
                minimum = Self.larger(minimum, part["minimum"])
            }
            if part["exclusiveMaximum"]?.bool == true {
                below = Self.smaller(below, part["maximum"])
            } else {
                maximum = Self.smaller(maximum, part["maximum"])
            }
            above = Self.larger(above, part["exclusiveMinimum"])
            below = Self.smaller(below, part["exclusiveMaximum"])
        }
    }

    private static func larger(_ a: Node?, _ b: Node?) -> Node? {
        guard let right = b?.exact else { return a }
        return a?.exact.map { $0 < right } ?? true ? b : a
    }

    private static func smaller(_ a: Node?, _ b: Node?) -> Node? {
        guard let right = b?.exact else { return a }
        return a?.exact.map { right < $0 } ?? true ? b : a
    }
}
