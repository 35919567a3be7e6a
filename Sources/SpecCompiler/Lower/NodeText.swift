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
        quoted(text) { control in
            control == 0x7F ? nil : "\\u00" + (control < 0x10 ? "0" : "") + String(control, radix: 16)
        }
    }

    /// The text in quotes; `escape` writes a control character that has no letter, or leaves it as it is.
    ///
    /// Goes by bytes, because documents are long and all that is escaped is ASCII.
    fileprivate static func quoted(_ text: String, escape: (UInt8) -> String?) -> String {
        var quoted = [UInt8(ascii: "\"")]
        quoted.reserveCapacity(text.utf8.count + text.utf8.count / 8 + 2)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                quoted.append(UInt8(ascii: "\\"))
                quoted.append(byte)
            case UInt8(ascii: "\n"): quoted += "\\n".utf8
            case UInt8(ascii: "\r"): quoted += "\\r".utf8
            case UInt8(ascii: "\t"): quoted += "\\t".utf8
            case ..<0x20, 0x7F:
                if let escaped = escape(byte) { quoted += escaped.utf8 } else { quoted.append(byte) }
            default: quoted.append(byte)
            }
        }
        quoted.append(UInt8(ascii: "\""))
        return String(decoding: quoted, as: UTF8.self)
    }
}

/// Texts as Swift writes them.
package enum SwiftLiteral {
    /// A string literal.
    package static func text(_ text: String) -> String {
        NodeText.quoted(text) { "\\u{\(String($0, radix: 16))}" }
    }

    /// A name, in backticks where it is a keyword.
    package static func identifier(_ name: String) -> String {
        keywords.contains(name) ? "`\(name)`" : name
    }

    private static let keywords: Set = [
        "actor", "any", "as", "associatedtype", "async", "await", "break", "case", "catch", "class", "continue",
        "default", "defer", "deinit", "do", "else", "enum", "extension", "fallthrough", "false", "fileprivate", "for",
        "func", "guard", "if", "import", "in", "init", "inout", "internal", "is", "let", "nil", "operator", "package",
        "precedencegroup", "private", "protocol", "public", "repeat", "rethrows", "return", "self", "Self", "static",
        "struct", "subscript", "super", "switch", "throw", "throws", "true", "try", "typealias", "var", "where",
        "while", "Any", "Type", "Protocol",
    ]
}
