/// An element of a list in a header field, with its parameters: `gzip;q=0.5`.
struct FieldElement {
    /// The element without parameters, in lower case.
    let text: String
    private let parameters: [(name: String, value: String)]

    init?(_ source: Substring) {
        let parts = source.split(separator: ";").map { FieldElement.trimmed($0) }
        guard let first = parts.first, !first.isEmpty else { return nil }
        text = first.lowercased()
        parameters = parts.dropFirst().map { part in
            let pair = part.split(separator: "=", maxSplits: 1)
            let value = pair.count == 2 ? pair[1].filter { $0 != "\"" } : ""
            return (FieldElement.trimmed(pair.first ?? "").lowercased(), String(value))
        }
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text.drop { $0 == " " || $0 == "\t" }
        while text.last == " " || text.last == "\t" { text.removeLast() }
        return text
    }

    func parameter(_ name: String) -> String? { parameters.first { $0.name == name }?.value }

    /// The weight (RFC 9110, 12.4.2); 1 without a valid one.
    var weight: Double {
        guard let weight = parameter("q").flatMap(Double.init), (0...1).contains(weight) else { return 1 }
        return weight
    }

    /// The elements of all lines of a field.
    static func list(_ lines: [String]) -> [FieldElement] {
        lines.flatMap { $0.split(separator: ",") }.compactMap(FieldElement.init)
    }
}
