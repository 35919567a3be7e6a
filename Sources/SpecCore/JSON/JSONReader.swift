public import NIOCore

/// A value that can be read from JSON and validated against its schema in the same pass.
public protocol JSONReadable: Sendable {
    /// Reads one value and moves past it.
    /// - Returns: nil if the value breaks the schema; then at least one violation was added.
    /// - Throws: ``JSONFault`` if the bytes are not valid JSON.
    static func read(_ json: inout JSONReader) throws(JSONFault) -> Self?
}

/// A pull parser that reads JSON values from a buffer and validates them in the same pass.
///
/// Generated code calls it once per member, in the order of the bytes. Violations are collected with pointers relative
/// to the value being read; the enclosing object or array prepends its own step, so that a valid document has no cost
/// for paths. Valid only inside the closure that receives it.
public struct JSONReader {
    /// The maximum nesting depth of objects and arrays.
    public static let depthMax = 100

    @usableFromInline let bytes: UnsafeBufferPointer<UInt8>
    @usableFromInline var position = 0
    @usableFromInline var depth = 0
    /// True if every byte is ASCII: lengths are then counted without another pass.
    @usableFromInline let isASCII: Bool
    /// The violations of the schema so far.
    public var violations: Violations
    /// The unescaped bytes of the last member name with an escape.
    @usableFromInline var unescapedName: [UInt8] = []

    /// - Throws: ``JSONFault`` for a byte-order mark or invalid UTF-8.
    @usableFromInline
    init(_ bytes: UnsafeBufferPointer<UInt8>, _ violations: Violations) throws(JSONFault) {
        self.bytes = bytes
        self.violations = violations
        isASCII = UTF8Check.isASCII(bytes)
        if isASCII { return }
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF {
            throw JSONFault("a byte-order mark is not allowed", at: 0)
        }
        if let offset = UTF8Check.firstInvalid(bytes) { throw JSONFault("invalid UTF-8", at: offset) }
    }

    /// Reads a whole document.
    /// - Returns: nil if there are violations.
    /// - Throws: ``Problem`` `malformed` if the bytes are not valid JSON.
    @inlinable public static func decode<Value: JSONReadable>(
        _ type: Value.Type, from buffer: ByteBuffer, _ violations: inout Violations
    ) throws -> Value? {
        try buffer.withUnsafeReadableBytes { raw in
            try decode(type, from: raw.bindMemory(to: UInt8.self), &violations)
        }
    }

    /// Reads a whole document from bytes.
    @inlinable public static func decode<Value: JSONReadable>(
        _ type: Value.Type, from bytes: UnsafeBufferPointer<UInt8>, _ violations: inout Violations
    ) throws -> Value? {
        try decode(from: bytes, &violations) { json throws(JSONFault) -> Value? in try Value.read(&json) }
    }

    /// Reads a whole document with a closure.
    @inlinable public static func decode<Value>(
        from bytes: UnsafeBufferPointer<UInt8>, _ violations: inout Violations,
        _ read: (inout JSONReader) throws(JSONFault) -> Value?
    ) throws -> Value? {
        do throws(JSONFault) {
            let mark = violations.count
            var json = try JSONReader(bytes, violations)
            let value = try read(&json)
            try json.expectEnd()
            violations = json.violations
            return violations.count == mark ? value : nil
        } catch {
            throw error.problem(in: bytes)
        }
    }

    @inlinable mutating func expectEnd() throws(JSONFault) {
        skipSpace()
        if position != bytes.count { throw fault("unexpected data after the value") }
    }

    @usableFromInline func fault(_ message: String) -> JSONFault {
        position < bytes.count
            ? JSONFault(message, at: position) : JSONFault("unexpected end of the text", at: bytes.count)
    }
}

extension JSONReader {
    /// The byte at the current position, or 0 at the end (NUL is not valid anywhere in JSON).
    @inlinable var here: UInt8 { position < bytes.count ? bytes[position] : 0 }

    /// Skips white space. Usually there is none.
    @inline(__always) @inlinable mutating func skipSpace() {
        if here <= 0x20 { skipSpaces() }
    }

    @usableFromInline mutating func skipSpaces() {
        while position < bytes.count {
            let byte = bytes[position]
            guard byte <= 0x20, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return }
            position += 1
        }
    }

    /// Adds a violation of the value being read.
    public mutating func violate(_ code: String, _ detail: String) {
        violations.add(.pointer(""), code, detail)
    }

    /// Adds a violation of a member of the object being read.
    public mutating func violate(member: String, _ code: String, _ detail: String) {
        let mark = violations.count
        violations.add(.pointer(""), code, detail)
        violations.nest(from: mark, below: member)
    }

    /// Adds a violation for a value of the wrong type and skips the value.
    @inline(never) @usableFromInline
    mutating func mismatch(_ expected: String) throws(JSONFault) {
        skipSpace()
        let came = kindHere
        try skip()
        violate("type", "Expected \(expected), but got \(came).")
    }

    var kindHere: String {
        switch here {
        case UInt8(ascii: "{"): "an object"
        case UInt8(ascii: "["): "an array"
        case UInt8(ascii: "\""): "a string"
        case UInt8(ascii: "t"), UInt8(ascii: "f"): "a boolean"
        case UInt8(ascii: "n"): "null"
        default: "a number"
        }
    }

    /// Skips `null`. Returns false, without moving, if something else is here.
    @inlinable public mutating func null() throws(JSONFault) -> Bool {
        skipSpace()
        guard here == UInt8(ascii: "n") else { return false }
        try literal("null")
        return true
    }

    @inlinable mutating func literal(_ word: StaticString) throws(JSONFault) {
        let count = word.utf8CodeUnitCount
        guard position + count <= bytes.count else { throw fault("expected \(word)") }
        for offset in 0..<count where bytes[position + offset] != word.utf8Start[offset] {
            throw fault("expected \(word)")
        }
        position += count
    }

    /// Reads `true` or `false`.
    @inlinable public mutating func bool() throws(JSONFault) -> Bool? {
        skipSpace()
        switch here {
        case UInt8(ascii: "t"):
            try literal("true")
            return true
        case UInt8(ascii: "f"):
            try literal("false")
            return false
        default:
            try mismatch("a boolean")
            return nil
        }
    }

    /// Skips one value of any type, and checks its syntax.
    public mutating func skip() throws(JSONFault) {
        _ = try JSONValue.parse(&self, keeping: false)
    }
}
