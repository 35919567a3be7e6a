#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// The bytes between the quotes of a string.
@usableFromInline struct JSONStringSpan {
    @usableFromInline let start: Int
    @usableFromInline let end: Int
    @usableFromInline let isEscaped: Bool
    /// The number of bytes that are not continuation bytes: the code points, if nothing is escaped.
    @usableFromInline let scalars: Int

    @inlinable init(start: Int, end: Int, isEscaped: Bool, scalars: Int) {
        self.start = start
        self.end = end
        self.isEscaped = isEscaped
        self.scalars = scalars
    }
}

extension JSONReader {
    /// Finds the end of the string that starts at the current position, and validates its escapes.
    @inlinable mutating func stringSpan() throws(JSONFault) -> JSONStringSpan {
        position += 1
        let start = position
        skipPlain()
        guard here == UInt8(ascii: "\"") else { return try longSpan(start) }
        let end = position
        position += 1
        return JSONStringSpan(start: start, end: end, isEscaped: false, scalars: scalars(start, end))
    }

    /// Moves to the next quote, backslash or control character, or to the end; sixteen bytes at a time, then eight.
    @inlinable mutating func skipPlain() {
        let base = UnsafeRawPointer(bytes.baseAddress!)
        let end = bytes.count
        var place = position
        defer { position = place }
        while place + 16 <= end {
            if JSONReader.hasSpecial(base.loadUnaligned(fromByteOffset: place, as: SIMD2<UInt64>.self)) { break }
            place += 16
        }
        while place + 8 <= end {
            let special = JSONReader.special(
                UInt64(littleEndian: base.loadUnaligned(fromByteOffset: place, as: UInt64.self)))
            if special != 0 {
                place += special.trailingZeroBitCount >> 3
                return
            }
            place += 8
        }
        while place < end, JSONReader.isPlain(bytes[place]) { place += 1 }
    }

    @inlinable static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    /// The high bits of those of eight bytes that are a quote, a backslash or below 0x20 ("Bit Twiddling Hacks",
    /// haszero and hasless). Only the lowest set bit is exact; a borrow can set others above it.
    @inlinable static func special(_ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        // A byte below 0x20 stays below when 2 is flipped, and 0x22 becomes 0x20: one comparison finds both.
        let quoteOrControl = (word ^ (ones &* 2)) &- (ones &* 0x21)
        let slash = (word ^ (ones &* 0x5C)) &- ones
        return (quoteOrControl | slash) & ~word & highs
    }

    /// True if any of sixteen bytes is special: the same arithmetic on two words at once. (Comparing sixteen bytes as a
    /// vector would be the obvious way, but compiles to a loop over them.)
    @inline(__always) @inlinable static func hasSpecial(_ words: SIMD2<UInt64>) -> Bool {
        let ones = SIMD2<UInt64>(repeating: 0x0101_0101_0101_0101)
        let quoteOrControl = (words ^ (ones &* 2)) &- (ones &* 0x21)
        let slash = (words ^ (ones &* 0x5C)) &- ones
        let special = (quoteOrControl | slash) & ~words
        return (special[0] | special[1]) & 0x8080_8080_8080_8080 != 0
    }

    @inlinable func scalars(_ start: Int, _ end: Int) -> Int {
        if isASCII { return end - start }
        var count = 0
        for index in start..<end where bytes[index] & 0xC0 != 0x80 { count += 1 }
        return count
    }

    /// The slow path of ``stringSpan()``, for a string with an escape or an error.
    @usableFromInline mutating func longSpan(_ start: Int) throws(JSONFault) -> JSONStringSpan {
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position += 1
                return JSONStringSpan(start: start, end: position - 1, isEscaped: true, scalars: 0)
            case UInt8(ascii: "\\"):
                try stepOverEscape()
                skipPlain()
            default: throw fault("a control character must be escaped")
            }
        }
        throw fault("unterminated string")
    }

    private mutating func stepOverEscape() throws(JSONFault) {
        position += 1
        switch here {
        case UInt8(ascii: "u"): try stepOverUnicodeEscape()
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
            UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            position += 1
        default: throw fault("invalid escape sequence")
        }
    }

    private mutating func stepOverUnicodeEscape() throws(JSONFault) {
        guard let unit = unit(at: position + 1) else { throw fault("\\u must be followed by four hexadecimal digits") }
        if (0xDC00..<0xE000).contains(unit) { throw fault("unpaired surrogate") }
        if (0xD800..<0xDC00).contains(unit) {
            guard position + 6 < bytes.count, bytes[position + 5] == UInt8(ascii: "\\"),
                bytes[position + 6] == UInt8(ascii: "u"), let low = self.unit(at: position + 7),
                (0xDC00..<0xE000).contains(low)
            else { throw fault("unpaired surrogate") }
            position += 6
        }
        position += 5
    }

    private func unit(at start: Int) -> UInt32? {
        guard start + 4 <= bytes.count else { return nil }
        var value: UInt32 = 0
        for index in start..<start + 4 {
            guard let digit = Hexadecimal.value(of: bytes[index]) else { return nil }
            value = value << 4 | UInt32(digit)
        }
        return value
    }

    /// The text of a span whose escapes are validated.
    @usableFromInline func unescaped(_ span: JSONStringSpan) -> String {
        guard span.isEscaped else {
            return String(decoding: UnsafeBufferPointer(rebasing: bytes[span.start..<span.end]), as: UTF8.self)
        }
        var scalars = 0
        return unescaped(span, &scalars)
    }

    /// The text of a span whose escapes are validated, and its number of code points.
    @usableFromInline func unescaped(_ span: JSONStringSpan, _ scalars: inout Int) -> String {
        String(unsafeUninitializedCapacity: span.end - span.start) { target in unescape(span, into: target, &scalars) }
    }

    /// Writes the unescaped bytes, which are never more than the escaped ones.
    private func unescape(
        _ span: JSONStringSpan, into target: UnsafeMutableBufferPointer<UInt8>, _ scalars: inout Int
    ) -> Int {
        var count = 0
        var index = span.start
        while true {
            let plain = plainCount(index, span.end)
            (target.baseAddress! + count).update(from: bytes.baseAddress! + index, count: plain)
            scalars += self.scalars(index, index + plain)
            count += plain
            index += plain
            guard index < span.end else { return count }
            scalars += 1
            let scalar = self.scalar(ofEscapeAt: &index)
            for byte in UTF8.encode(scalar)! {
                target[count] = byte
                count += 1
            }
        }
    }

    /// The number of bytes before the next escape.
    private func plainCount(_ index: Int, _ end: Int) -> Int {
        let start = bytes.baseAddress! + index
        guard let escape = memchr(start, 0x5C, end - index) else { return end - index }
        return UnsafeRawPointer(escape) - UnsafeRawPointer(start)
    }

    private func scalar(ofEscapeAt index: inout Int) -> Unicode.Scalar {
        let letter = bytes[index + 1]
        guard letter == UInt8(ascii: "u") else {
            index += 2
            return JSONReader.simpleEscape(letter)
        }
        let high = unit(at: index + 2)!
        index += 6
        guard (0xD800..<0xDC00).contains(high) else { return Unicode.Scalar(high)! }
        let low = unit(at: index + 2)!
        index += 6
        return Unicode.Scalar(0x10000 + (high - 0xD800) << 10 + (low - 0xDC00))!
    }

    private static func simpleEscape(_ letter: UInt8) -> Unicode.Scalar {
        switch letter {
        case UInt8(ascii: "b"): "\u{8}"
        case UInt8(ascii: "f"): "\u{C}"
        case UInt8(ascii: "n"): "\n"
        case UInt8(ascii: "r"): "\r"
        case UInt8(ascii: "t"): "\t"
        default: Unicode.Scalar(letter)
        }
    }
}

extension JSONReader {
    /// Reads a string and checks it against `rule`.
    @inlinable public mutating func text(_ rule: TextRule = TextRule()) throws(JSONFault) -> String? {
        skipSpace()
        guard here == UInt8(ascii: "\"") else {
            try mismatch("a string")
            return nil
        }
        let span = try stringSpan()
        var scalars = span.scalars
        let text = span.isEscaped ? unescaped(span, &scalars) : unescaped(span)
        return rule.isEmpty || check(text, rule, scalars: scalars) ? text : nil
    }

    @inlinable mutating func check(_ text: String, _ rule: TextRule, scalars: Int) -> Bool {
        guard let failure = rule.failure(for: text, scalars: scalars) else { return true }
        violate(failure.code, failure.detail)
        return false
    }

    /// Reads a string and parses it with `make` into a value, such as a UUID, a time or a case of an enum.
    @inlinable public mutating func parsed<Value>(
        _ code: StaticString, _ expected: StaticString, _ make: (UnsafeBufferPointer<UInt8>) -> Value?
    ) throws(JSONFault) -> Value? {
        skipSpace()
        guard here == UInt8(ascii: "\"") else {
            try mismatch("a string")
            return nil
        }
        let span = try stringSpan()
        if let value = value(of: span, make) { return value }
        violate("\(code)", "Expected \(expected).")
        return nil
    }

    @inlinable func value<Value>(of span: JSONStringSpan, _ make: (UnsafeBufferPointer<UInt8>) -> Value?) -> Value? {
        if !span.isEscaped { return make(UnsafeBufferPointer(rebasing: bytes[span.start..<span.end])) }
        var text = unescaped(span)
        return text.withUTF8 { make($0) }
    }

    /// Reads a UUID.
    @inlinable public mutating func identifier() throws(JSONFault) -> Identifier? {
        skipSpace()
        if let value = identifierHere() { return value }
        return try parsed("format", "a UUID, such as 0190a6b2-7c4e-7b1a-9f3d-2f1c5e8a9b00") { Identifier(utf8: $0) }
    }

    /// The UUID at the current position in its plain form, which needs no search for the closing quote.
    @inlinable mutating func identifierHere() -> Identifier? {
        let quote = UInt8(ascii: "\"")
        guard position + 38 <= bytes.count, bytes[position] == quote, bytes[position + 37] == quote,
            let value = Identifier(utf8: UnsafeBufferPointer(rebasing: bytes[position + 1..<position + 37]))
        else { return nil }
        position += 38
        return value
    }

    /// Reads an RFC 3339 date and time.
    @inlinable public mutating func timestamp() throws(JSONFault) -> Timestamp? {
        try parsed("format", "an RFC 3339 time, such as 2026-11-23T06:02:11.482Z") { Timestamp(utf8: $0) }
    }

    /// Reads an RFC 3339 full-date.
    @inlinable public mutating func date() throws(JSONFault) -> CalendarDate? {
        try parsed("format", "a date, such as 2026-11-23") { CalendarDate(utf8: $0) }
    }

    /// Reads base64 (RFC 4648, section 4, with padding).
    @inlinable public mutating func base64(_ rule: TextRule = TextRule()) throws(JSONFault) -> [UInt8]? {
        guard let text = try text(rule) else { return nil }
        if let bytes = Base64.decode(text) { return bytes }
        violate("format", "Expected base64 with padding.")
        return nil
    }
}
