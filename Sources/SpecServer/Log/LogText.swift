/// Text for a log: no byte of it can end the line, move a terminal's cursor or change the order of what is shown.
enum LogText {
    /// The text with control characters and those that change the direction of text as `\u{…}`.
    static func escaped(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        return text.unicodeScalars.reduce(into: "") { escaped, scalar in
            if isControl(scalar) {
                escaped += "\\u{\(String(scalar.value, radix: 16))}"
            } else {
                escaped.unicodeScalars.append(scalar)
            }
        }
    }

    /// True for C0, DEL and C1, the separators of lines, and all format characters (Unicode's categories Cc, Cf, Zl and
    /// Zp): the bidirectional controls among the last reorder the text around them.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        if 0x20..<0x7F ~= scalar.value { return false }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: return true
        default: return false
        }
    }
}
