/// A limit as Swift text.
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

    /// When it is asked: a key in the body is known after the input, an account to the service.
    static func stage(of limit: LimitModel) -> String {
        if limit.key.contains(.account) { return "service" }
        return limit.key.contains { if case .body = $0 { true } else { false } } ? "input" : "head"
    }
}
