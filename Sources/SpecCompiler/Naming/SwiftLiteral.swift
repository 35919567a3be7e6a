/// String literals and identifiers of Swift.
package enum SwiftLiteral {
    /// A string literal.
    package static func text(_ text: String) -> String {
        "\"" + escaped(text, quote: "\\\"") + "\""
    }

    /// The lines between the delimiters of a multi-line string literal.
    static func multiline(_ text: String) -> [String] {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            let isPlain = !line.contains("\"\"\"") && !line.hasSuffix("\"")
            return escaped(line, quote: isPlain ? "\"" : "\\\"")
        }
    }

    private static func escaped(_ text: some StringProtocol, quote: String) -> String {
        var quoted = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += quote
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                quoted += "\\u{\(String(scalar.value, radix: 16))}"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted
    }

    /// An identifier, in backticks if it is a keyword.
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
