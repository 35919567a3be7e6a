public import NIOCore

/// A value that can be read from JSON, checked by the schema's rules in the same pass.
public protocol JSONReadable: Sendable {
    /// Reads one value and steps behind it.
    /// - Returns: nil when the value breaks the schema; then at least one violation was added.
    /// - Throws: ``JSONFault`` when the bytes are no JSON.
    static func read(_ json: inout JSONReader) throws(JSONFault) -> Self?
}

/// Reads JSON straight from a buffer, one value after the other.
///
/// Generated code calls it once per member, in the order of the bytes. Violations are collected with pointers
/// relative to the value being read; the enclosing object or array puts its own step before them, so that a
/// valid document pays nothing for its path. Valid only inside the closure that lent it the buffer.
public struct JSONReader {
    /// How deep objects and arrays may nest.
    public static let depthMax = 100

    @usableFromInline let bytes: UnsafeBufferPointer<UInt8>
    @usableFromInline var position = 0
    @usableFromInline var depth = 0
    /// Whether every byte is ASCII: then lengths are counted without a second look.
    @usableFromInline let isASCII: Bool
    /// What broke the schema so far.
    public var violations: Violations
    /// The unescaped bytes of the last member name that had an escape.
    @usableFromInline var unescapedName: [UInt8] = []

    /// - Throws: ``JSONFault`` for a byte-order mark and for invalid UTF-8.
    @usableFromInline
    init(_ bytes: UnsafeBufferPointer<UInt8>, _ violations: Violations) throws(JSONFault) {
        self.bytes = bytes
        self.violations = violations
        isASCII = UTF8Check.isASCII(bytes)
        if isASCII { return }
        if bytes.count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF {
            throw JSONFault("a byte-order mark is not allowed", at: 0)
        }
        if let offset = UTF8Check.firstInvalid(bytes) { throw JSONFault("this is not UTF-8", at: offset) }
    }

    /// Reads a whole document.
    /// - Returns: nil when violations were added.
    /// - Throws: ``Problem`` `malformed` when the bytes are no JSON.
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

    /// Reads a whole document by a closure.
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
        if position != bytes.count { throw fault("nothing may follow the value") }
    }

    @usableFromInline func fault(_ message: String) -> JSONFault {
        position < bytes.count
            ? JSONFault(message, at: position) : JSONFault("the text ends too early", at: bytes.count)
    }
}

extension JSONReader {
    /// The byte here, or 0 at the end (NUL is no JSON anywhere).
    @inlinable var here: UInt8 { position < bytes.count ? bytes[position] : 0 }

    /// Mostly there is none.
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

    /// Refuses a value of another type and steps over it.
    @inline(never) @usableFromInline
    mutating func mismatch(_ expected: String) throws(JSONFault) {
        skipSpace()
        let came = kindHere
        try skip()
        violate("type", "Expected \(expected), but \(came) came.")
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

    /// Steps over `null`; false, and no step, when something else is here.
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

    /// Steps over one value of any type; it is checked to be JSON.
    public mutating func skip() throws(JSONFault) {
        _ = try JSONValue.parse(&self, keeping: false)
    }
}
