extension Node {
    /// The location of some characters of a text, or of the whole text if it spans several lines.
    package func place(of characters: Range<Int>) -> Location {
        guard let text = string, !characters.isEmpty, location.start.line == location.end.line else { return location }
        let first = location.file.byteOffset(of: location.start)
        let end = location.file.byteOffset(of: location.end)
        guard first < end else { return location }
        let written = Array(String(decoding: location.file.bytes[first..<end], as: UTF8.self).unicodeScalars)
        let scalars = Array(text.unicodeScalars)
        guard let start = Self.column(characters.lowerBound, of: scalars, in: written),
            let last = Self.column(characters.upperBound - 1, of: scalars, in: written)
        else { return location }
        let (line, column) = (location.start.line, location.start.column)
        return Location(
            file: location.file, start: Position(line: line, column: column + start),
            end: Position(line: line, column: column + last + 1))
    }

    /// The offset in the written form of a character of the text.
    private static func column(_ offset: Int, of text: [Unicode.Scalar], in written: [Unicode.Scalar]) -> Int? {
        guard let quote = written.first, quote == "'" || quote == "\"" else {
            return written == text && offset < written.count ? offset : nil
        }
        var column = 1
        for _ in 0..<offset {
            guard column < written.count else { return nil }
            column += width(at: column, in: written, quote)
        }
        return column < written.count ? column : nil
    }

    private static func width(at column: Int, in written: [Unicode.Scalar], _ quote: Unicode.Scalar) -> Int {
        if quote == "'" { return written[column] == "'" ? 2 : 1 }
        guard written[column] == "\\", column + 1 < written.count else { return 1 }
        switch written[column + 1] {
        case "x": return 4
        case "u": return 6
        case "U": return 10
        default: return 2
        }
    }
}
