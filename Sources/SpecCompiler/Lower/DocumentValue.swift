/// A JSON or YAML value to be written.
indirect enum DocumentValue: Equatable {
    case null
    case bool(Bool)
    /// A number, as written in the spec.
    case number(String)
    case string(String)
    case array([DocumentValue])
    case object([(String, DocumentValue)])

    static func == (a: DocumentValue, b: DocumentValue) -> Bool { a.json == b.json }

    /// The value as JSON on one line.
    var json: String {
        var text = ""
        append(to: &text)
        return text
    }

    private func append(to text: inout String) {
        switch self {
        case .null: text += "null"
        case .bool(let flag): text += flag ? "true" : "false"
        case .number(let number): text += number
        case .string(let string): NodeText.append(string, to: &text)
        case .array(let items): NodeText.list(items, "[", "]", &text) { $0.append(to: &$1) }
        case .object(let members):
            NodeText.list(members, "{", "}", &text) { member, text in
                NodeText.append(member.0, to: &text)
                text += ":"
                member.1.append(to: &text)
            }
        }
    }

    /// The value as YAML in block style: one line per member and item. Strings are quoted as in JSON, which is valid
    /// YAML.
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
        default:
            text += margin
            append(to: &text)
            text += "\n"
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
        default:
            text += " "
            append(to: &text)
            text += "\n"
        }
    }

    private static func key(_ name: String) -> String {
        let isPlain = name.utf8.first.map(isLetter) == true && name.utf8.allSatisfy { isLetter($0) || isDigit($0) }
        return isPlain && !words.contains(name.lowercased()) ? name : NodeText.json(name)
    }

    /// Plain scalars that YAML can read as something other than a string.
    private static let words: Set = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]

    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }
    private static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
}
