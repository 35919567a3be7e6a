/// String literals and identifiers of Swift.
package enum SwiftLiteral {
    /// A string literal.
    package static func text(_ text: String) -> String {
        "\"" + escaped(text, quote: "\\\"") + "\""
    }

    /// The lines between the delimiters of a multi-line string literal.
    static func multiline(_ text: String) -> [String] {
        text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { bytes in
            let line = Substring(bytes)
            let hasQuotes = line.utf8.contains(UInt8(ascii: "\""))
            let isPlain = !hasQuotes || !line.contains("\"\"\"") && !line.hasSuffix("\"")
            return escaped(line, quote: isPlain ? "\"" : "\\\"")
        }
    }

    /// Reads bytes: all that is escaped is ASCII, and a text can be a document of the spec.
    private static func escaped(_ text: some StringProtocol, quote: String) -> String {
        var quoted: [UInt8] = []
        quoted.reserveCapacity(text.utf8.count + text.utf8.count / 8)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): quoted += quote.utf8
            case UInt8(ascii: "\\"): quoted += "\\\\".utf8
            case UInt8(ascii: "\n"): quoted += "\\n".utf8
            case UInt8(ascii: "\r"): quoted += "\\r".utf8
            case UInt8(ascii: "\t"): quoted += "\\t".utf8
            case ..<0x20, 0x7F: quoted += "\\u{\(String(byte, radix: 16))}".utf8
            default: quoted.append(byte)
            }
        }
        return String(decoding: quoted, as: UTF8.self)
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
