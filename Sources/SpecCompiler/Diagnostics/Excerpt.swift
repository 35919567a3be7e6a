/// The line that a range begins on, with the range underlined.
struct Excerpt {
    /// The maximum number of columns shown of a line, including the ellipses.
    private static let columnsMax = 160
    /// The number of columns shown before a range if the line is cut.
    private static let leadMax = 40

    private let line: Int
    /// The characters shown.
    private let shown: String
    /// Columns before the underline, within `shown`.
    private let lead: Int
    private let width: Int

    init(_ location: Location) {
        line = location.start.line
        let bytes = location.file.lineBytes(line)
        let length = bytes.count { $0 & 0xC0 != 0x80 }
        let start = min(max(location.start.column, 1) - 1, length)
        let end = location.end.line > line ? length : min(max(location.end.column - 1, start), length)
        let window = Self.window(start: start, length: length)
        let cutsFront = window.lowerBound > 0
        let cutsBack = window.upperBound < length
        shown = (cutsFront ? "…" : "") + Self.characters(window, of: bytes) + (cutsBack ? "…" : "")
        lead = start - window.lowerBound + (cutsFront ? 1 : 0)
        width = max(1, min(end, window.upperBound) - start)
    }

    var text: String {
        let number = String(line)
        let gutter = String(repeating: " ", count: max(5, number.count))
        let padded = String(repeating: " ", count: max(0, 5 - number.count)) + number
        let underline = String(repeating: " ", count: lead) + "^" + String(repeating: "~", count: width - 1)
        return "\(padded) | \(shown)\n\(gutter) | \(underline)\n"
    }

    /// The part of a line of `length` columns to show, chosen to include `start`.
    private static func window(start: Int, length: Int) -> Range<Int> {
        guard length > columnsMax else { return 0..<length }
        let lower = start <= columnsMax - leadMax ? 0 : start - leadMax
        let room = columnsMax - (lower > 0 ? 1 : 0)
        if lower + room >= length { return max(0, length - room)..<length }
        return lower..<(lower + room - 1)
    }

    /// The characters of a column range, each one column wide and safe for a terminal.
    private static func characters(_ window: Range<Int>, of bytes: ArraySlice<UInt8>) -> String {
        var column = -1
        let wanted = bytes.filter { byte in
            if byte & 0xC0 != 0x80 { column += 1 }
            return window.contains(column)
        }
        var text = ""
        for scalar in String(decoding: wanted, as: UTF8.self).unicodeScalars {
            text.unicodeScalars.append(PlainText.isHarmless(scalar) ? scalar : scalar == "\t" ? " " : "\u{FFFD}")
        }
        return text
    }
}

/// Makes text of a spec safe to print: no terminal escapes, no line breaks, bounded length.
enum PlainText {
    /// The maximum length of a message; longer ones are cut, because a key may have a million characters.
    private static let messageMax = 400

    static func message(_ text: String) -> String {
        var plain = ""
        for scalar in text.unicodeScalars.prefix(messageMax) {
            if isHarmless(scalar) {
                plain.unicodeScalars.append(scalar)
            } else {
                plain += scalar.escaped(asASCII: true)
            }
        }
        return text.unicodeScalars.count > messageMax ? plain + "…" : plain
    }

    /// True if the character is neither a control character nor one that changes the text direction.
    static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F...0x9F, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF: false
        default: true
        }
    }
}
