/// A media type or range with its parameters (RFC 9110, 8.3.1 and 12.5.1).
struct MediaRange {
    /// `type/subtype` in lower case.
    let text: String
    private let parameters: [(name: String, value: String)]

    init?(_ source: Substring) {
        let parts = source.split(separator: ";").map { MediaRange.trimmed($0) }
        guard let type = parts.first, type.split(separator: "/").count == 2 else { return nil }
        text = type.lowercased()
        parameters = parts.dropFirst().map { part in
            let pair = part.split(separator: "=", maxSplits: 1)
            let value = pair.count == 2 ? pair[1].filter { $0 != "\"" } : ""
            return (MediaRange.trimmed(pair.first ?? "").lowercased(), String(value))
        }
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop { $0 == " " || $0 == "\t" }
        while text.last == " " || text.last == "\t" { text.removeLast() }
        return text
    }

    func parameter(_ name: String) -> String? { parameters.first { $0.name == name }?.value }

    /// True if a type is in the range; a weight of 0 excludes it.
    func matches(_ type: String) -> Bool {
        if let weight = parameter("q"), Double(weight) == 0 { return false }
        if text == "*/*" || type == "*/*" || text == type { return true }
        // The operation may respond with any type of a range.
        if type.hasSuffix("/*") { return text.hasPrefix(type.dropLast()) }
        return text.hasSuffix("/*") && type.hasPrefix(text.dropLast())
    }
}
