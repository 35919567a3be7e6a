import SpecValues

extension JSONDocumentReader {
    /// Reads a quoted text; `offset` is at its opening quote before and after its closing one afterwards.
    mutating func readString() throws(Diagnostic) -> String {
        let quote = offset
        offset += 1
        var text: [UInt8] = []
        var run = offset
        while true {
            guard let byte = peek, byte != UInt8(ascii: "\n") else {
                offset = quote
                throw syntax("the quoted text that begins here is not closed")
            }
            if byte == UInt8(ascii: "\"") { break }
            if byte == UInt8(ascii: "\\") {
                text += file.bytes[run..<offset]
                text += try readEscape()
                run = offset
            } else if byte < 0x20 {
                throw syntax("a control character is not allowed in a JSON text", help: "write it as an escape")
            } else {
                offset += 1
            }
        }
        let end = offset
        offset += 1
        guard end - quote - 1 <= limits.scalarBytesMax else { throw tooLong(from: quote, to: end) }
        if text.isEmpty { return String(decoding: file.bytes[run..<end], as: UTF8.self) }
        text += file.bytes[run..<end]
        return String(decoding: text, as: UTF8.self)
    }

    private func tooLong(from quote: Int, to end: Int) -> Diagnostic {
        Diagnostic(
            rule: "scalar-size",
            "this text has \(end - quote - 1) bytes; at most \(limits.scalarBytesMax) are allowed",
            at: file.location(atByte: quote, length: end + 1 - quote))
    }

    private mutating func readEscape() throws(Diagnostic) -> [UInt8] {
        let start = offset
        offset += 1
        let letter = peek
        offset += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [letter ?? 0]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"): return try readCodePoint(from: start)
        default:
            offset = start
            throw syntax("this escape sequence is not valid", help: "write a backslash as '\\\\'")
        }
    }

    /// Reads one `\uHHHH`, or a pair of them for a character above U+FFFF.
    private mutating func readCodePoint(from start: Int) throws(Diagnostic) -> [UInt8] {
        var code = try readHexadecimal(from: start)
        if (0xD800..<0xDC00).contains(code), file.bytes[offset...].starts(with: "\\u".utf8) {
            offset += 2
            let low = try readHexadecimal(from: start)
            if (0xDC00..<0xE000).contains(low) {
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
            }
        }
        guard let scalar = Unicode.Scalar(code) else {
            offset = start
            throw syntax("this escape is half of a surrogate pair", help: "write both halves, or the character itself")
        }
        return Array(String(Character(scalar)).utf8)
    }

    private mutating func readHexadecimal(from start: Int) throws(Diagnostic) -> UInt32 {
        let digits = file.bytes[offset...].prefix(4).compactMap(Hexadecimal.value(of:))
        guard digits.count == 4 else {
            offset = start
            throw syntax("the escape needs four hexadecimal digits: \\uHHHH")
        }
        offset += 4
        return digits.reduce(0) { $0 << 4 | UInt32($1) }
    }
}
