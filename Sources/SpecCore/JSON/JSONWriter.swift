public import NIOCore

/// A value that can be written as JSON.
public protocol JSONWritable: Sendable {
    func write(to json: inout JSONWriter)
}

/// A writer of JSON into one growing buffer.
///
/// `key` and `element` write the comma themselves, so generated code only lists what it writes.
public struct JSONWriter: ~Copyable {
    /// The memory. It is not shared before it is finished, so the address of its bytes is stable.
    @usableFromInline var buffer: ByteBuffer
    @usableFromInline var start: UnsafeMutablePointer<UInt8>
    @usableFromInline var capacity: Int
    @usableFromInline var count = 0
    /// The places of the URLs to be signed, in order; nil if there is none.
    public private(set) var signedURLs: [Range<Int>]?

    /// - Parameter capacity: the initial size in bytes; it doubles when the memory is full.
    @inlinable public init(capacity: Int = 1_024) {
        buffer = ByteBufferAllocator().buffer(capacity: max(capacity, 64))
        (start, self.capacity) = JSONWriter.memory(of: &buffer)
    }

    @inlinable static func memory(of buffer: inout ByteBuffer) -> (UnsafeMutablePointer<UInt8>, Int) {
        buffer.withUnsafeMutableWritableBytes { raw in
            let bytes = raw.bindMemory(to: UInt8.self)
            return (bytes.baseAddress!, bytes.count)
        }
    }

    /// The written bytes as a buffer.
    @inlinable public consuming func finish() -> ByteBuffer {
        buffer.moveWriterIndex(forwardBy: count)
        return buffer
    }

    /// Calls a closure with the written bytes.
    @inlinable public borrowing func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        body(UnsafeBufferPointer(start: start, count: count))
    }

    /// The written bytes as text.
    public consuming func text() -> String {
        withBytes { String(decoding: $0, as: UTF8.self) }
    }

    @inlinable mutating func reserve(_ more: Int) {
        if count + more > capacity { grow(more) }
    }

    @inline(never) @usableFromInline mutating func grow(_ more: Int) {
        buffer.moveWriterIndex(to: count)
        buffer.reserveCapacity(minimumWritableBytes: max(capacity * 2 - count, more))
        buffer.moveWriterIndex(to: 0)
        (start, capacity) = JSONWriter.memory(of: &buffer)
    }

    /// Notes the place of a URL to be signed.
    mutating func note(_ place: Range<Int>) {
        if signedURLs?.append(place) == nil { signedURLs = [place] }
    }

    @inlinable mutating func byte(_ byte: UInt8) {
        reserve(1)
        start[count] = byte
        count += 1
    }

    @inlinable mutating func copy(_ source: UnsafePointer<UInt8>, _ length: Int) {
        (start + count).update(from: source, count: length)
        count += length
    }
}

extension JSONWriter {
    @inlinable public mutating func beginObject() { byte(UInt8(ascii: "{")) }
    @inlinable public mutating func endObject() { byte(UInt8(ascii: "}")) }
    @inlinable public mutating func beginArray() { byte(UInt8(ascii: "[")) }
    @inlinable public mutating func endArray() { byte(UInt8(ascii: "]")) }
    @inlinable public mutating func null() { copy("null") }
    @inlinable public mutating func bool(_ value: Bool) { value ? copy("true") : copy("false") }

    /// Writes the comma before every item but the first.
    @inlinable public mutating func element() {
        if count > 0, start[count - 1] != UInt8(ascii: "[") { byte(UInt8(ascii: ",")) }
    }

    /// Writes a member's name, which needs no escape, with the comma before it and the colon after it.
    @inlinable public mutating func key(_ name: StaticString) {
        let length = name.utf8CodeUnitCount
        reserve(length + 4)
        if start[count - 1] != UInt8(ascii: "{") {
            start[count] = UInt8(ascii: ",")
            count += 1
        }
        start[count] = UInt8(ascii: "\"")
        count += 1
        copyShort(name.utf8Start, length)
        start[count] = UInt8(ascii: "\"")
        start[count + 1] = UInt8(ascii: ":")
        count += 2
    }

    /// Copies a few bytes in words, the last of which may overlap the one before; faster than a call to memcpy.
    @inline(__always) @inlinable mutating func copyShort(_ source: UnsafePointer<UInt8>, _ length: Int) {
        let (source, target) = (UnsafeRawPointer(source), UnsafeMutableRawPointer(start + count))
        func move<Word: FixedWidthInteger & BitwiseCopyable>(_ type: Word.Type, _ offset: Int) {
            target.storeBytes(
                of: source.loadUnaligned(fromByteOffset: offset, as: Word.self), toByteOffset: offset, as: Word.self)
        }
        if length >= 8 {
            for offset in stride(from: 0, to: length - 8, by: 8) { move(UInt64.self, offset) }
            move(UInt64.self, length - 8)
        } else if length >= 4 {
            move(UInt32.self, 0)
            move(UInt32.self, length - 4)
        } else {
            for offset in 0..<length { move(UInt8.self, offset) }
        }
        count += length
    }

    /// Writes a member's name that is known only at run time.
    @inlinable public mutating func key(text name: String) {
        if count > 0, start[count - 1] != UInt8(ascii: "{") { byte(UInt8(ascii: ",")) }
        text(name)
        byte(UInt8(ascii: ":"))
    }

    @inlinable mutating func copy(_ word: StaticString) {
        reserve(word.utf8CodeUnitCount)
        copy(word.utf8Start, word.utf8CodeUnitCount)
    }

    /// Writes text that is JSON already, such as several members with constant values.
    @inlinable public mutating func verbatim(_ json: StaticString) { copy(json) }

    /// Writes a string that needs no escape.
    @inlinable public mutating func plain(_ word: StaticString) {
        byte(UInt8(ascii: "\""))
        copy(word)
        byte(UInt8(ascii: "\""))
    }

    /// Writes a line break, which ends a line of JSON.
    @inlinable public mutating func lineBreak() { byte(0x0A) }

    /// Writes a non-negative number given in thousandths.
    public mutating func thousandths(_ value: Int64) {
        integer(value / 1_000)
        reserve(4)
        start[count] = UInt8(ascii: ".")
        Decimals.write(Int(value % 1_000), digits: 3, to: start + count + 1)
        count += 4
    }

    /// Writes a decimal integer.
    @inlinable public mutating func integer(_ value: some FixedWidthInteger) {
        reserve(24)
        var rest = UInt64(truncatingIfNeeded: value.magnitude)
        if value < 0 {
            start[count] = UInt8(ascii: "-")
            count += 1
        }
        var length = 1
        var bound: UInt64 = 10
        while length < 20, rest >= bound {
            length += 1
            bound = length == 20 ? UInt64.max : bound &* 10
        }
        for offset in stride(from: length - 1, through: 0, by: -1) {
            start[count + offset] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
        count += length
    }

    /// Writes the shortest text that reads back as the same double. A value that is not finite has no JSON form: null.
    public mutating func number(_ value: Double) {
        guard value.isFinite else { return null() }
        if let integer = Int64(exactly: value) { return self.integer(integer) }
        var text = value.description
        text.withUTF8 { bytes in
            reserve(bytes.count)
            copy(bytes.baseAddress!, bytes.count)
        }
    }

    /// Writes a UUID in quotes.
    @inlinable public mutating func identifier(_ value: Identifier) {
        reserve(38)
        start[count] = UInt8(ascii: "\"")
        value.write(to: start + count + 1)
        start[count + 37] = UInt8(ascii: "\"")
        count += 38
    }

    /// Writes a time in quotes.
    @inlinable public mutating func timestamp(_ value: Timestamp) {
        reserve(26)
        start[count] = UInt8(ascii: "\"")
        value.write(to: start + count + 1)
        start[count + 25] = UInt8(ascii: "\"")
        count += 26
    }

    /// Writes a date in quotes.
    @inlinable public mutating func date(_ value: CalendarDate) {
        reserve(12)
        start[count] = UInt8(ascii: "\"")
        value.write(to: start + count + 1)
        start[count + 11] = UInt8(ascii: "\"")
        count += 12
    }

    /// Writes bytes as base64 in quotes.
    public mutating func base64(_ bytes: [UInt8]) { text(Base64.encode(bytes)) }

    /// Writes a string in quotes, with only the escapes that RFC 8259 requires.
    @inlinable public mutating func text(_ value: String) {
        var value = value
        value.withUTF8 { bytes in
            reserve(bytes.count + 2)
            start[count] = UInt8(ascii: "\"")
            count += 1
            escape(bytes)
            byte(UInt8(ascii: "\""))
        }
    }

    /// Writes bytes with escapes. There is room for all bytes unescaped; an escape reserves more.
    @inlinable mutating func escape(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let base = bytes.baseAddress else { return }
        var index = copyPlain(base, 0, bytes.count)
        while index < bytes.count {
            reserve(bytes.count - index + 8)
            escape(base[index])
            index = copyPlain(base, index + 1, bytes.count)
        }
    }

    /// Copies plain bytes from `first` on, and returns the index of the first byte that needs an escape.
    ///
    /// Writes whole words, also past that byte: there is room, and what follows overwrites them.
    @inlinable mutating func copyPlain(_ base: UnsafePointer<UInt8>, _ first: Int, _ end: Int) -> Int {
        let source = UnsafeRawPointer(base)
        let target = UnsafeMutableRawPointer(start + count) - first
        var index = first
        defer { count += index - first }
        while index + 16 <= end {
            let words = source.loadUnaligned(fromByteOffset: index, as: SIMD2<UInt64>.self)
            target.storeBytes(of: words, toByteOffset: index, as: SIMD2<UInt64>.self)
            if JSONReader.hasSpecial(words) { break }
            index += 16
        }
        while index + 8 <= end {
            let word = source.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            target.storeBytes(of: word, toByteOffset: index, as: UInt64.self)
            let special = JSONReader.special(UInt64(littleEndian: word))
            if special != 0 {
                index += special.trailingZeroBitCount >> 3
                return index
            }
            index += 8
        }
        while index < end, JSONReader.isPlain(base[index]) {
            target.storeBytes(of: base[index], toByteOffset: index, as: UInt8.self)
            index += 1
        }
        return index
    }

    /// Writes the escape of one byte. The caller has reserved the room.
    @inlinable mutating func escape(_ byte: UInt8) {
        let letter =
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): byte
            case 0x0A: UInt8(ascii: "n")
            case 0x0D: UInt8(ascii: "r")
            case 0x09: UInt8(ascii: "t")
            default: UInt8(0)
            }
        guard letter != 0 else { return escapeControl(byte) }
        start[count] = UInt8(ascii: "\\")
        start[count + 1] = letter
        count += 2
    }

    @usableFromInline mutating func escapeControl(_ byte: UInt8) {
        copy("\\u00")
        self.byte(Hexadecimal.digit(byte >> 4))
        self.byte(Hexadecimal.digit(byte & 15))
    }
}
