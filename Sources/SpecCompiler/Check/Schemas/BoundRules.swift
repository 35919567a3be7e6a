/// Bounds that leave nothing between them, or that no number of the type can keep.
struct BoundRules {
    var findings = Findings()

    private static let counts = [("minLength", "maxLength"), ("minItems", "maxItems")]

    mutating func check(_ view: SchemaView) {
        for (low, high) in Self.counts { compareCounts(view, low, high) }
        for keyword in ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"] {
            for member in view.all(keyword) { checkNumber(member, view) }
        }
        compareNumbers(view)
    }

    private mutating func compareCounts(_ view: SchemaView, _ low: String, _ high: String) {
        guard let least = view.all(low).filter({ $0.value.integer != nil }).max(by: Self.isBelow),
            let most = view.all(high).filter({ $0.value.integer != nil }).min(by: Self.isBelow),
            Self.isBelow(most, least)
        else { return }
        refuse(least, above: most)
    }

    private static func isBelow(_ a: Node.Member, _ b: Node.Member) -> Bool {
        (a.value.number ?? 0) < (b.value.number ?? 0)
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
        let isExclusive: Bool

        var number: Double { member.value.number ?? 0 }
    }

    private mutating func compareNumbers(_ view: SchemaView) {
        let low = bounds(view, "minimum", "exclusiveMinimum").max { ($0.number, $0.rank) < ($1.number, $1.rank) }
        let high = bounds(view, "maximum", "exclusiveMaximum").min { ($0.number, -$0.rank) < ($1.number, -$1.rank) }
        guard let low, let high else { return }
        if view.valueTypes == ["integer"] {
            if low.least <= high.most { return }
        } else if low.number < high.number || low.number == high.number && !low.isExclusive && !high.isExclusive {
            return
        }
        refuse(low.member, above: high.member)
    }

    private func bounds(_ view: SchemaView, _ inclusive: String, _ exclusive: String) -> [Bound] {
        view.parts.flatMap { part -> [Bound] in
            // A boolean is OpenAPI 3.0's way: it makes the bound beside it exclusive.
            let flag = part[exclusive]?.bool ?? false
            let own = part.member(inclusive).map { Bound(member: $0, isExclusive: flag) }
            let other = part.member(exclusive).map { Bound(member: $0, isExclusive: true) }
            return [own, other].compactMap { $0 }.filter { $0.member.value.number != nil }
        }
    }

    private mutating func checkNumber(_ member: Node.Member, _ view: SchemaView) {
        guard let number = member.value.number else { return }
        if member.key == "multipleOf", number <= 0 {
            findings.error("bounds", "'multipleOf' is above 0", at: member.value.location)
        }
        guard let types = view.valueTypes, types.contains("integer"), !types.contains("number") else { return }
        let format = view["format"]?.value.string
        guard number == number.rounded(), member.value.integer != nil || abs(number) < 9.2e18 else {
            return findings.error(
                "bounds", "'\(member.key)' of an integer is an integer of 64 bits", at: member.value.location)
        }
        if format == "int32", Int32(exactly: number) == nil {
            findings.error(
                "bounds", "'\(member.key)' \(NodeText.json(member.value)) is no int32", at: member.value.location,
                help: "use format: int64")
        }
    }
}

extension BoundRules.Bound {
    /// An exclusive bound is the narrower one.
    fileprivate var rank: Int { isExclusive ? 1 : 0 }
    fileprivate var least: Double { isExclusive ? number.rounded(.down) + 1 : number.rounded(.up) }
    fileprivate var most: Double { isExclusive ? number.rounded(.up) - 1 : number.rounded(.down) }
}
