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
            case .body: nil
            }
        }
        return "RateLimit(name: \(SwiftLiteral.text(limit.name)), burst: \(limit.burst), "
            + "refillSeconds: \(limit.refillSeconds), counts: \(counts), stage: .\(isAskedLate(limit) ? "input" : "head"), "
            + "key: [\(parts.joined(separator: ", "))]\(limit.failsOpen ? ", fail: .open" : ""))"
    }

    /// Whether the key stands in the body.
    static func isAskedLate(_ limit: LimitModel) -> Bool {
        limit.key.contains { if case .body = $0 { true } else { false } }
    }
}
