import SpecValues

/// Rejects bounds that allow no value, or that the type cannot represent.
struct BoundRules {
    var findings = Findings()

    private static let counts = [("minLength", "maxLength"), ("minItems", "maxItems")]

    mutating func check(_ folded: FoldedSchema) {
        for (low, high) in Self.counts { compareCounts(folded, low, high) }
        for member in folded.members("multipleOf") { checkStep(member, folded) }
        for keyword in ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"] {
            for member in folded.members(keyword) { checkReach(member, folded) }
        }
        compareNumbers(folded)
    }

    private mutating func compareCounts(_ folded: FoldedSchema, _ low: String, _ high: String) {
        guard let least = folded.members(low).filter({ $0.value.integer != nil }).max(by: Self.isBelow),
            let most = folded.members(high).filter({ $0.value.integer != nil }).min(by: Self.isBelow),
            Self.isBelow(most, least)
        else { return }
        refuse(least, above: most)
    }

    private static func isBelow(_ a: Node.Member, _ b: Node.Member) -> Bool {
        guard let a = a.value.exact, let b = b.value.exact else { return false }
        return a < b
    }

    private mutating func refuse(_ low: Node.Member, above high: Node.Member) {
        let least = "'\(low.key)' \(NodeText.json(low.value))"
        let most = "'\(high.key)' \(NodeText.json(high.value))"
        findings.error(
            "bounds",
            Self.isBelow(high, low) ? "\(least) is above \(most)" : "nothing lies between \(least) and \(most)",
            at: low.value.location, notes: [Diagnostic.Note("'\(high.key)' is here", at: high.value.location)])
    }

    // MARK: Numbers

    fileprivate struct Bound {
        let member: Node.Member
        let number: ExactNumber
        let isExclusive: Bool
    }

    private mutating func compareNumbers(_ folded: FoldedSchema) {
        let low = bounds(folded, "minimum", "exclusiveMinimum").max { ($0.number, $0.rank) < ($1.number, $1.rank) }
        let high = bounds(folded, "maximum", "exclusiveMaximum").min { ($0.number, -$0.rank) < ($1.number, -$1.rank) }
        guard let low, let high else { return }
        if folded.valueTypes == ["integer"] {
            // A bound beyond the integers is reported by itself.
            guard let least = low.least, let most = high.most, least > most else { return }
        } else if low.number < high.number || low.number == high.number && !low.isExclusive && !high.isExclusive {
            return
        }
        refuse(low.member, above: high.member)
    }

    private func bounds(_ folded: FoldedSchema, _ inclusive: String, _ exclusive: String) -> [Bound] {
        folded.nodes.flatMap { part -> [Bound] in
            // A boolean is OpenAPI 3.0's way: it makes the bound beside it exclusive.
            let flag = part[exclusive]?.bool ?? false
            let members = [(part.member(inclusive), flag), (part.member(exclusive), true)]
            return members.compactMap { member, isExclusive in
                guard let member, let number = member.value.exact else { return nil }
                return Bound(member: member, number: number, isExclusive: isExclusive)
            }
        }
    }

    private mutating func checkStep(_ member: Node.Member, _ folded: FoldedSchema) {
        guard member.value.number != nil else { return }
        guard let step = member.value.exact, step.isPositive else {
            return findings.error("bounds", "'multipleOf' must be above 0", at: member.value.location)
        }
        if ShortNumber(step) == nil || folded.valueTypes == ["integer"] && step.integerStep == nil {
            findings.error(
                "bounds", "'multipleOf' can have at most \(ShortNumber.digitsMax) digits, and 64 bits for an integer",
                at: member.value.location)
        }
    }

    /// Rejects a bound that no integer of the type can keep.
    private mutating func checkReach(_ member: Node.Member, _ folded: FoldedSchema) {
        guard folded.valueTypes == ["integer"], let number = member.value.exact else { return }
        let isSmall = folded["format"]?.string == "int32"
        let least = isSmall ? ExactNumber(Int32.min) : ExactNumber(Int64.min)
        let most = isSmall ? ExactNumber(Int32.max) : ExactNumber(Int64.max)
        let isLow = ["minimum", "exclusiveMinimum"].contains(member.key)
        guard isLow ? most < number : number < least else { return }
        findings.error(
            "bounds",
            "no integer of \(isSmall ? 32 : 64) bits is \(isLow ? "at least" : "at most") \(NodeText.json(member.value))",
            at: member.value.location)
    }
}

extension BoundRules.Bound {
    /// Orders equal bounds: an exclusive bound is the narrower one.
    fileprivate var rank: Int { isExclusive ? 1 : 0 }

    /// The least integer within the bound.
    fileprivate var least: Int64? {
        guard isExclusive else { return number.rounded(.up) }
        return number.rounded(.down).flatMap { $0 == .max ? nil : $0 + 1 }
    }

    /// The largest integer within the bound.
    fileprivate var most: Int64? {
        guard isExclusive else { return number.rounded(.down) }
        return number.rounded(.up).flatMap { $0 == .min ? nil : $0 - 1 }
    }
}
