/// A document on its way to being written.
indirect enum DocumentValue: Equatable {
    case null
    case bool(Bool)
    /// The number as it was written.
    case number(String)
    case string(String)
    case array([DocumentValue])
    case object([(String, DocumentValue)])

    static func == (a: DocumentValue, b: DocumentValue) -> Bool { a.json == b.json }

    /// In one line.
    var json: String {
        switch self {
        case .null: "null"
        case .bool(let flag): "\(flag)"
        case .number(let text): text
        case .string(let text): NodeText.json(text)
        case .array(let items): "[" + items.map(\.json).joined(separator: ",") + "]"
        case .object(let members):
            "{" + members.map { NodeText.json($0.0) + ":" + $0.1.json }.joined(separator: ",") + "}"
        }
    }

    /// As a block: one line per member and item. Strings are quoted as in JSON, which YAML takes as it is.
    var yaml: String {
        var text = ""
        write(to: &text, indent: 0)
        return text
    }

    private func write(to text: inout String, indent: Int) {
        let margin = String(repeating: "  ", count: indent)
        switch self {
        case .object(let members) where !members.isEmpty:
            for (name, value) in members {
                text += margin + Self.key(name) + ":"
                value.writeBehindKey(to: &text, indent: indent)
            }
        case .array(let items) where !items.isEmpty:
            for item in items {
                text += margin + "-"
                item.writeBehindKey(to: &text, indent: indent)
            }
        default: text += margin + json + "\n"
        }
    }

    private func writeBehindKey(to text: inout String, indent: Int) {
        switch self {
        case .object(let members) where !members.isEmpty:
            text += "\n"
            write(to: &text, indent: indent + 1)
        case .array(let items) where !items.isEmpty:
            text += "\n"
            write(to: &text, indent: indent + 1)
        default: text += " " + json + "\n"
        }
    }

    private static func key(_ name: String) -> String {
        let isPlain = name.first?.isLetter == true && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
        let isWord = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(name.lowercased())
        return isPlain && !isWord ? name : NodeText.json(name)
    }
}
