/// Hints for values of the wrong shape.
enum ValueHelp {
    private static let flags = ["yes": "true", "on": "true", "no": "false", "off": "false"]

    static func text(for node: Node, _ shape: ValueShape) -> String? {
        switch (shape, node.value) {
        case (.word(let words), .string(let text)): return Suggestion.help(for: text, among: words)
        case (.text, .null) where node.location.file.lineBytes(node.location.start.line).contains(UInt8(ascii: "#")):
            return "write it in quotes: '#' begins a comment in YAML"
        case (.text, .integer), (.text, .number), (.text, .bool): return "write it in quotes: '\(NodeText.json(node))'"
        case (.count, .string(let text)), (.upTo, .string(let text)), (.number, .string(let text)):
            return Double(text) == nil ? nil : "write it without quotes: \(text)"
        case (.bool, .string(let text)), (.schemaOrFlag, .string(let text)):
            if text == "true" || text == "false" { return "write it without quotes: \(text)" }
            return flags[text.lowercased()].map { "write \($0): YAML 1.2 reads \(text) as text" }
        case (.list(.text), .string(let text)), (.namesOrTexts, .string(let text)): return "write a list: [\(text)]"
        case (.list(.text), .bool): return "list the names of required properties, beside 'properties'"
        case (.list(.object(.securityRequirement)), .mapping): return "write '- ' before each scheme"
        case (.list, .mapping): return "begin each item with '- '"
        case (.object(.securityRequirement), .string(let text)): return "write {\(text): []}"
        case (.map, .sequence), (.components, .sequence): return "write 'name: value' without '- ' before it"
        default: return nil
        }
    }
}
