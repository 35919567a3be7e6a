/// A media type or range with its parameters (RFC 9110, 8.3.1 and 12.5.1).
struct MediaRange {
    private let element: FieldElement

    init?(_ source: Substring) {
        guard let element = FieldElement(source) else { return nil }
        self.init(element)
    }

    init?(_ element: FieldElement) {
        guard element.text.split(separator: "/").count == 2 else { return nil }
        self.element = element
    }

    /// The ranges of an `Accept` field.
    static func list(_ lines: [String]) -> [MediaRange] { FieldElement.list(lines).compactMap(MediaRange.init) }

    /// `type/subtype` in lower case.
    var text: String { element.text }
    var weight: Double { element.weight }

    func parameter(_ name: String) -> String? { element.parameter(name) }

    /// True if a type is in the range; a weight of 0 excludes it.
    func matches(_ type: String) -> Bool { weight > 0 && contains(type) }

    /// True if a type is in the range, whatever the weight.
    func contains(_ type: String) -> Bool {
        if text == "*/*" || type == "*/*" || text == type { return true }
        // The operation may respond with any type of a range.
        if type.hasSuffix("/*") { return text.hasPrefix(type.dropLast()) }
        return text.hasSuffix("/*") && type.hasPrefix(text.dropLast())
    }

    /// The precedence of the range: a type before `type/*` before `*/*`.
    var specificity: Int { text == "*/*" ? 0 : text.hasSuffix("/*") ? 1 : 2 }
}
