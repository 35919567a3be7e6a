#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A number as written in the text.
@usableFromInline struct JSONNumberSpan {
    @usableFromInline let start: Int
    @usableFromInline let end: Int
    /// The value, if it is an integer without fraction and exponent that fits 64 bits.
    @usableFromInline let integer: Int64?

    @inlinable init(start: Int, end: Int, integer: Int64?) {
        self.start = start
        self.end = end
        self.integer = integer
    }
}

extension JSONReader {
    /// The maximum length of a number, in characters.
    public static let numberBytesMax = 256

    /// Skips the number at the current position (RFC 8259, section 6).
    @inlinable mutating func numberSpan() throws(JSONFault) -> JSONNumberSpan {
        let start = position
        let isNegative = here == UInt8(ascii: "-")
        if isNegative { position += 1 }
        let first = position
        var value: Int64 = 0
        var fits = true
        while case let digit = here &- UInt8(ascii: "0"), digit < 10 {
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.subtractingReportingOverflow(Int64(digit))
            if overflow || carry { fits = false }
            value = sum
            position += 1
        }
        if position == first { throw fault("expected a value") }
        if bytes[first] == UInt8(ascii: "0"), position > first + 1 { throw fault("leading zeros are not allowed") }
        if here == UInt8(ascii: ".") || here | 0x20 == UInt8(ascii: "e") {
            try fraction()
            return try bounded(JSONNumberSpan(start: start, end: position, integer: nil))
        }
        // Accumulated as a negative number, so that the smallest value fits.
        if !isNegative, value == Int64.min { fits = false }
        return try bounded(
            JSONNumberSpan(start: start, end: position, integer: fits ? (isNegative ? value : 0 &- value) : nil))
    }

    @usableFromInline func bounded(_ span: JSONNumberSpan) throws(JSONFault) -> JSONNumberSpan {
        guard span.end - span.start <= JSONReader.numberBytesMax else {
            throw JSONFault("a number has at most \(JSONReader.numberBytesMax) characters", at: span.start)
        }
        return span
    }

    @usableFromInline mutating func fraction() throws(JSONFault) {
        if here == UInt8(ascii: ".") {
            position += 1
            try digits()
        }
        if here | 0x20 == UInt8(ascii: "e") {
            position += 1
            if here == UInt8(ascii: "+") || here == UInt8(ascii: "-") { position += 1 }
            try digits()
        }
    }

    private mutating func digits() throws(JSONFault) {
        let start = position
        while here &- UInt8(ascii: "0") < 10 { position += 1 }
        if position == start { throw fault("expected a digit") }
    }

    /// True if a number can start at the current position.
    @inlinable var isNumberHere: Bool { here == UInt8(ascii: "-") || here &- UInt8(ascii: "0") < 10 }

    @usableFromInline func double(_ span: JSONNumberSpan) -> Double {
        if let integer = span.integer, integer.magnitude < 1 << 53 { return Double(integer) }
        return withUnsafeTemporaryAllocation(of: CChar.self, capacity: JSONReader.numberBytesMax + 1) { text in
            for index in span.start..<span.end { text[index - span.start] = CChar(bitPattern: bytes[index]) }
            text[span.end - span.start] = 0
            return strtod(text.baseAddress!, nil)
        }
    }

    /// Reads a number and checks it against `rule`.
    @inlinable public mutating func number(_ rule: DecimalRule = DecimalRule()) throws(JSONFault) -> Double? {
        skipSpace()
        guard isNumberHere else {
            try mismatch("a number")
            return nil
        }
        let span = try numberSpan()
        let value = double(span)
        guard value.isFinite else {
            violate("format", "The number does not fit a double.")
            return nil
        }
        guard !rule.isEmpty, let failure = rule.failure(for: text(of: span), value) else { return value }
        violate(failure.code, failure.detail)
        return nil
    }

    /// The number as written.
    @usableFromInline func text(of span: JSONNumberSpan) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(rebasing: bytes[span.start..<span.end])
    }

    /// Reads a number that must be one of a list, given as JSON.
    public mutating func chosen(_ code: StaticString, numbers texts: [String]) throws(JSONFault) -> Double? {
        skipSpace()
        guard isNumberHere else {
            try mismatch("a number")
            return nil
        }
        let span = try numberSpan()
        if let number = ExactNumber(utf8: text(of: span)), texts.contains(where: { ExactNumber($0) == number }) {
            return double(span)
        }
        violate("\(code)", "Expected \(texts.count == 1 ? "" : "one of: ")\(texts.joined(separator: ", ")).")
        return nil
    }

    /// Reads an integer and checks it against `rule`; `1.0` and `1e2` are integers (JSON Schema 2020-12, 4.2.3).
    @inlinable public mutating func integer<Value: FixedWidthInteger & Sendable>(
        _ rule: NumberRule<Value> = NumberRule()
    ) throws(JSONFault) -> Value? {
        skipSpace()
        guard isNumberHere else {
            try mismatch("an integer")
            return nil
        }
        let span = try numberSpan()
        guard let value: Value = span.integer.map({ Value(exactly: $0) }) ?? whole(span) else {
            violateInteger(span, bits: Value.bitWidth)
            return nil
        }
        guard let failure = rule.failure(for: value) else { return value }
        violate(failure.code, failure.detail)
        return nil
    }

    @inlinable func whole<Value: FixedWidthInteger>(_ span: JSONNumberSpan) -> Value? {
        span.integer == nil ? ExactNumber(utf8: text(of: span))?.integer(as: Value.self) : nil
    }

    @usableFromInline mutating func violateInteger(_ span: JSONNumberSpan, bits: Int) {
        if ExactNumber(utf8: text(of: span))?.isWhole == false {
            violate("type", "Expected an integer, but got a fraction.")
        } else {
            violate("format", "Expected an integer of \(bits) bits.")
        }
    }
}
