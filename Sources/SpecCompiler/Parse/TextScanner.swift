/// Checks that a file is valid text before it is parsed: UTF-8, no control characters, no `%TAG`.
struct TextScanner {
    let file: SourceFile
    /// True for JSON, which allows more characters than YAML.
    let isJSON: Bool

    private var bytes: [UInt8] { file.bytes }

    /// Scans the bytes once, and returns the line table for positions.
    func scan() throws(Diagnostic) -> LineTable {
        if looksLikeUTF16 {
            throw diagnostic("the file is UTF-16; only UTF-8 is supported", at: 0)
        }
        var starts = [0]
        var characters = 0
        var offset = file.byteOrderMarkLength
        if !isJSON { try refuseTagDirective(at: offset) }
        while offset < bytes.count {
            let byte = bytes[offset]
            if byte < 0x80 {
                offset += 1
                characters += 1
                if byte == UInt8(ascii: "\n") {
                    starts.append(characters)
                    if !isJSON { try refuseTagDirective(at: offset) }
                } else if byte < 0x20 || byte == 0x7F {
                    try check(UInt32(byte), at: offset - 1)
                }
            } else {
                let (scalar, width) = try decode(at: offset)
                try check(scalar, at: offset)
                offset += width
                characters += 1
            }
        }
        return LineTable(starts: starts)
    }

    private var looksLikeUTF16: Bool {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return true }
        guard bytes.count >= 4 else { return false }
        let zeros = bytes.prefix(4).map { $0 == 0 }
        return zeros == [true, false, true, false] || zeros == [false, true, false, true]
    }

    /// Rejects `%TAG` directives: libyaml compares each with all before it, so that many of them would take minutes.
    private func refuseTagDirective(at offset: Int) throws(Diagnostic) {
        guard offset + 4 <= bytes.count, bytes[offset] == UInt8(ascii: "%"),
            bytes[offset..<offset + 4].elementsEqual("%TAG".utf8)
        else { return }
        throw Diagnostic(
            rule: "tag", "a %TAG directive is not allowed: tags are not used in a spec",
            at: file.location(atByte: offset, length: 4), help: "remove the directive and the tags")
    }

    private func check(_ scalar: UInt32, at offset: Int) throws(Diagnostic) {
        if scalar == 0 { throw diagnostic("the file contains a NUL byte", at: offset) }
        guard isControl(scalar) else { return }
        if scalar == 0xFEFF {
            throw diagnostic("a byte order mark is allowed only at the start of a file", at: offset, length: 3)
        }
        throw diagnostic(
            "the file contains the control character \(codePoint(scalar))", at: offset,
            help: "in a double-quoted text, write it as \(escape(scalar))")
    }

    private func isControl(_ scalar: UInt32) -> Bool {
        if scalar < 0x20 { return scalar != 0x09 && scalar != 0x0A && scalar != 0x0D }
        if isJSON { return false }
        return (0x7F...0x9F).contains(scalar) || scalar == 0xFEFF
            || scalar == 0xFFFE || scalar == 0xFFFF
    }

    private func codePoint(_ scalar: UInt32) -> String { "U+" + hexadecimal(scalar) }

    private func escape(_ scalar: UInt32) -> String { "\\u" + hexadecimal(scalar) }

    private func hexadecimal(_ scalar: UInt32) -> String {
        let digits = String(scalar, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// Decodes one character of two to four bytes: no overlong form, no surrogate, nothing above U+10FFFF.
    private func decode(at offset: Int) throws(Diagnostic) -> (scalar: UInt32, width: Int) {
        let lead = bytes[offset]
        let width = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2
        guard lead >= 0xC2, lead <= 0xF4, offset + width <= bytes.count else { throw invalid(at: offset) }
        var scalar = UInt32(lead & (0xFF >> UInt8(width + 1)))
        for byte in bytes[offset + 1..<offset + width] {
            guard byte & 0xC0 == 0x80 else { throw invalid(at: offset) }
            scalar = scalar << 6 | UInt32(byte & 0x3F)
        }
        let smallest: UInt32 = width == 4 ? 0x10000 : width == 3 ? 0x800 : 0x80
        guard scalar >= smallest, Unicode.Scalar(scalar) != nil else { throw invalid(at: offset) }
        return (scalar, width)
    }

    private func invalid(at offset: Int) -> Diagnostic {
        let byte = String(bytes[offset], radix: 16, uppercase: true)
        return diagnostic("the byte 0x\(byte) is not valid UTF-8 here", at: offset, help: "save the file as UTF-8")
    }

    private func diagnostic(_ message: String, at offset: Int, length: Int = 1, help: String? = nil) -> Diagnostic {
        let start = file.position(atByte: offset)
        let end = Position(line: start.line, column: start.column + 1)
        return Diagnostic(
            rule: "encoding", message, at: Location(file: file, start: start, end: end), help: help)
    }
}
