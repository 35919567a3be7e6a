/// A rate limit as Swift text.
enum LimitText {
    static func of(_ limit: LimitModel) -> String {
        let counts =
            limit.problems.map { ".problems([\($0.map(SwiftLiteral.text).joined(separator: ", "))])" } ?? ".tries"
        let parts = limit.key.compactMap { part -> String? in
            switch part {
            case .address: ".address"
            case .addressPrefix: ".addressPrefix"
            case .caller: ".caller"
            case .account, .body: nil
            }
        }
        return "RateLimit(name: \(SwiftLiteral.text(limit.name)), burst: \(limit.burst), "
            + "refillSeconds: \(limit.refillSeconds), counts: \(counts), stage: .\(stage(of: limit)), "
            + "key: [\(parts.joined(separator: ", "))]\(limit.failsOpen ? ", fail: .open" : ""))"
    }

    /// The stage at which the limit is checked: after the input is read for keys in the body and for conditions, in the
    /// service for accounts.
    static func stage(of limit: LimitModel) -> String {
        if limit.key.contains(.account) { return "service" }
        if limit.condition != nil { return "input" }
        return limit.key.contains { if case .body = $0 { true } else { false } } ? "input" : "head"
    }
}
