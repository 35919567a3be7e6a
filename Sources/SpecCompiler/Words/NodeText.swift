/// Writes nodes and texts in other languages.
enum NodeText {
    /// The node as JSON.
    static func json(_ node: Node) -> String {
        switch node.value {
        case .null: "null"
        case .bool(let flag): "\(flag)"
        case .integer(let number): "\(number)"
        case .number(let number, let text): Self.number(number, text)
        case .string(let text): json(text)
        case .sequence(let items): "[" + items.map(json).joined(separator: ",") + "]"
        case .mapping(let members):
            "{" + members.map { json($0.key) + ":" + json($0.value) }.joined(separator: ",") + "}"
        }
    }

    /// A number as JSON: YAML also has `.5`, `+1` and `.inf`.
    static func number(_ number: Double, _ text: String) -> String {
        if JSONNumber.isWellFormed(text) { return text }
        return number.isFinite ? "\(number)" : json(text)
    }

    /// The text as a JSON string.
    static func json(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}

extension NodeText {
    /// A scalar as messages show it: text in quotes, everything else as JSON.
    static func plain(_ node: Node) -> String {
        node.string.map { "'\($0)'" } ?? json(node)
    }
}
