/// Rate limits as text for people.
enum LimitSentences {
    /// The limits of an operation as a list in Markdown; nil if it has none.
    static func list(_ limits: [LimitModel], _ operation: OperationModel) -> String? {
        guard !limits.isEmpty else { return nil }
        return "**Rate limits**\n\n" + limits.map { "- " + sentence($0, operation) }.joined(separator: "\n")
    }

    /// `search`: 60 requests per caller, refilled within 6 s; only with `search`.
    private static func sentence(_ limit: LimitModel, _ operation: OperationModel) -> String {
        let codes = limit.problems.map { codes in
            "responses with " + codes.map { "`\($0)`" }.joined(separator: " or ")
        }
        let key = limit.keyTexts.map { part($0, operation) }.joined(separator: " and ")
        let condition = limit.conditionText.map { "; only with `\($0.split(separator: ".").last ?? "")`" } ?? ""
        return "`\(limit.name)`: \(limit.burst) \(codes ?? "requests") per \(key), refilled within "
            + "\(limit.refillSeconds) s\(condition)"
    }

    private static func part(_ text: String, _ operation: OperationModel) -> String {
        switch text {
        case "address": "client address"
        case "address-prefix": "client network"
        case "caller": operation.security.isEmpty ? "client address" : "caller"
        case "account": "account"
        default: "`\(text.split(separator: ".").dropFirst().joined(separator: "."))`"
        }
    }
}

/// The header fields of rate limits (draft-ietf-httpapi-ratelimit-headers-10).
enum LimitFields {
    private static let descriptions = [
        "RateLimit-Policy": "The limits of the operation: burst (`q`), and the seconds in which it refills (`w`).",
        "RateLimit": "The rest of each limit (`r`), and the seconds until it is full again (`t`).",
    ]

    static func header(_ name: String) -> DocumentValue {
        .object([
            ("description", .string(descriptions[name] ?? "")),
            ("schema", .object([("type", .string("string"))])),
        ])
    }

    /// The limits that a request without optional parameters takes tokens from, in their order at run time.
    static func counted(_ limits: [LimitModel]) -> [LimitModel] {
        ["head", "input"].flatMap { stage in
            limits.filter { LimitText.stage(of: $0) == stage && $0.condition == nil }
        }
    }

    /// The fields with values that fit the limits: after the first request, or when the first limit is exceeded.
    static func examples(_ limits: [LimitModel], isExceeded: Bool) -> [(name: String, text: String)] {
        let shown = isExceeded ? Array(limits.prefix(1)) : limits
        let policies = shown.map { "\"\($0.name)\";q=\($0.burst);w=\($0.refillSeconds)" }
        let states = shown.map { limit in
            let (rest, seconds) = isExceeded ? (0, limit.refillSeconds) : (limit.burst - 1, 1)
            return "\"\(limit.name)\";r=\(rest);t=\(seconds)"
        }
        return [("RateLimit-Policy", policies.joined(separator: ", ")), ("RateLimit", states.joined(separator: ", "))]
    }
}
