/// Writes nodes and texts as JSON.
enum NodeText {
    /// The node as JSON.
    static func json(_ node: Node) -> String {
        var written = ""
        append(node, to: &written)
        return written
    }

    private static func append(_ node: Node, to written: inout String) {
        switch node.value {
        case .null: written += "null"
        case .bool(let flag): written += flag ? "true" : "false"
        case .integer(let number): written += "\(number)"
        case .number(let number, let text): written += Self.number(number, text)
        case .string(let text): append(text, to: &written)
        case .sequence(let items): list(items, "[", "]", &written) { append($0, to: &$1) }
        case .mapping(let members):
            list(members, "{", "}", &written) { member, written in
                append(member.key, to: &written)
                written += ":"
                append(member.value, to: &written)
            }
        }
    }

    /// Items with commas between them.
    static func list<Item>(
        _ items: [Item], _ start: String, _ end: String, _ written: inout String,
        _ append: (Item, inout String) -> Void
    ) {
        written += start
        for (index, item) in items.enumerated() {
            if index > 0 { written += "," }
            append(item, &written)
        }
        written += end
    }

    /// A number as JSON: YAML also has `.5`, `+1` and `.inf`.
    static func number(_ number: Double, _ text: String) -> String {
        if JSONNumber.isWellFormed(text) { return text }
        return number.isFinite ? "\(number)" : json(text)
    }

    /// The text as a JSON string.
    static func json(_ text: String) -> String {
        var written = ""
        append(text, to: &written)
        return written
    }

    /// Writes the text as a JSON string.
    static func append(_ text: String, to written: inout String) {
        written += "\""
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
            written += text
        } else {
            for scalar in text.unicodeScalars { append(scalar, to: &written) }
        }
        written += "\""
    }

    private static func append(_ scalar: Unicode.Scalar, to written: inout String) {
        switch scalar {
        case "\"": written += "\\\""
        case "\\": written += "\\\\"
        case "\n": written += "\\n"
        case "\r": written += "\\r"
        case "\t": written += "\\t"
        case _ where scalar.value < 0x20:
            let digits = String(scalar.value, radix: 16)
            written += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        default: written.unicodeScalars.append(scalar)
        }
    }
}

extension NodeText {
    /// A scalar as messages show it: text in quotes, everything else as JSON.
    static func plain(_ node: Node) -> String {
        node.string.map { "'\($0)'" } ?? json(node)
    }
}
