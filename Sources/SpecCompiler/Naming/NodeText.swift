import SpecValues

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

    /// Writes items separated by commas.
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

    /// The number of a node as JSON.
    static func number(_ node: Node) -> String? { node.exact.map { _ in json(node) } }

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
        if text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") })
        {
            written += text
        } else {
            appendEscaped(text, to: &written)
        }
        written += "\""
    }

    /// True for what YAML 1.2 prints (5.1), apart from line breaks that older versions know.
    private static func isPrinted(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20..<0x7F, 0xA0..<0x2028, 0x202A..<0xFEFF, 0xFF00..<0xFFFE, 0x10000...: true
        default: false
        }
    }

    /// Writes the text with its escapes; what is between them goes over as a whole.
    private static func appendEscaped(_ text: String, to written: inout String) {
        let scalars = text.unicodeScalars
        var (start, index) = (scalars.startIndex, scalars.startIndex)
        while index < scalars.endIndex {
            let next = scalars.index(after: index)
            if let escape = escape(scalars[index]) {
                written += text[start..<index]
                written += escape
                start = next
            }
            index = next
        }
        written += text[start...]
    }

    /// The escape of a scalar that is not printed as it is.
    private static func escape(_ scalar: Unicode.Scalar) -> String? {
        switch scalar {
        case "\"": "\\\""
        case "\\": "\\\\"
        case "\n": "\\n"
        case "\r": "\\r"
        case "\t": "\\t"
        case _ where isPrinted(scalar): nil
        default:
            String(scalar).utf16.map { unit in
                let digits = String(unit, radix: 16)
                return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }.joined()
        }
    }
}

extension NodeText {
    /// A text as shown in messages: in quotes, or as JSON if it has control characters.
    static func shown(_ text: String) -> String {
        text.unicodeScalars.contains { $0.properties.generalCategory == .control } ? json(text) : "'\(text)'"
    }

    /// A scalar as shown in messages: strings in quotes, everything else as JSON.
    static func plain(_ node: Node) -> String {
        node.string.map { "'\($0)'" } ?? json(node)
    }
}

extension NodeText {
    /// The bytes of a node in a form that equal JSON values share: members sorted, numbers by value.
    ///
    /// Bytes, because Swift compares strings by canonical equivalence.
    static func canonical(_ node: Node) -> [UInt8] {
        switch node.value {
        case .integer, .number: bytes(node.exact?.description ?? json(node))
        case .sequence(let items): bytes("[") + items.flatMap { canonical($0) + bytes(",") }
        case .mapping(let members): bytes("{") + sorted(members).flatMap { $0 + bytes(",") }
        default: bytes(json(node))
        }
    }

    private static func sorted(_ members: [Node.Member]) -> [[UInt8]] {
        members.map { bytes(json($0.key) + ":") + canonical($0.value) }.sorted { $0.lexicographicallyPrecedes($1) }
    }

    private static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
}
