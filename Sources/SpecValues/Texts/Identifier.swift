/// A UUID (RFC 9562): 128 bits, written as 36 lower-case characters.
public struct Identifier: Sendable, Hashable {
    /// The first eight bytes, most significant first.
    public let high: UInt64
    /// The last eight bytes.
    public let low: UInt64

    @inlinable public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Makes a UUIDv7: 48 bits of milliseconds, then random bits. Later ids sort after earlier ones.
    public static func make(at time: Timestamp = .now()) -> Identifier {
        var generator = SystemRandomNumberGenerator()
        return make(at: time, using: &generator)
    }

    /// Makes a UUIDv7 with the given random bits.
    @inlinable public static func make(
        at time: Timestamp = .now(), using generator: inout some RandomNumberGenerator
    ) -> Identifier {
        let milliseconds = UInt64(bitPattern: time.milliseconds) & 0xFFFF_FFFF_FFFF
        let high = milliseconds << 16 | 0x7000 | (generator.next() & 0x0FFF)
        let low = 0x8000_0000_0000_0000 | (generator.next() >> 2)
        return Identifier(high: high, low: low)
    }
}

extension Identifier {
    /// Parses the 36-character form, in either case, or returns nil.
    @inlinable public init?(utf8 text: UnsafeBufferPointer<UInt8>) {
        let dash = UInt8(ascii: "-")
        guard text.count == 36, text[8] == dash, text[13] == dash, text[18] == dash, text[23] == dash,
            let start = UnsafeRawPointer(text.baseAddress)
        else { return nil }
        var wrong = SIMD2<UInt64>()
        let outer = Hexadecimal.values(
            ofEights: SIMD2(Hexadecimal.eight(start, 0), Hexadecimal.eight(start, 28)), &wrong)
        let inner = Hexadecimal.values(
            ofEights: SIMD2(Hexadecimal.eight(start, 9, 14), Hexadecimal.eight(start, 19, 24)), &wrong)
        guard wrong[0] | wrong[1] == 0 else { return nil }
        self.init(high: outer[0] << 32 | inner[0], low: inner[1] << 32 | outer[1])
    }

    /// Parses 32 digits without dashes, in either case, or returns nil.
    @inlinable public init?(digits: UnsafeBufferPointer<UInt8>) {
        guard digits.count == 32, let start = UnsafeRawPointer(digits.baseAddress) else { return nil }
        var wrong = SIMD2<UInt64>()
        let high = Hexadecimal.values(
            ofEights: SIMD2(Hexadecimal.eight(start, 0), Hexadecimal.eight(start, 8)), &wrong)
        let low = Hexadecimal.values(
            ofEights: SIMD2(Hexadecimal.eight(start, 16), Hexadecimal.eight(start, 24)), &wrong)
        guard wrong[0] | wrong[1] == 0 else { return nil }
        self.init(high: high[0] << 32 | high[1], low: low[0] << 32 | low[1])
    }

    /// Parses the 36-character form, or returns nil.
    public init?(_ text: String) {
        var text = text
        guard let value = text.withUTF8({ Identifier(utf8: $0) }) else { return nil }
        self = value
    }

    /// Writes the 36 characters to `target`.
    @inlinable public func write(to target: UnsafeMutablePointer<UInt8>) {
        let target = UnsafeMutableRawPointer(target)
        let outer = Hexadecimal.eights(of: SIMD2(high >> 32, low & 0xFFFF_FFFF))
        let inner = Hexadecimal.eights(of: SIMD2(high & 0xFFFF_FFFF, low >> 32))
        let (second, third) = (inner[0].littleEndian, inner[1].littleEndian)
        target.storeBytes(of: outer[0].littleEndian, as: UInt64.self)
        target.storeBytes(of: UInt32(truncatingIfNeeded: second), toByteOffset: 9, as: UInt32.self)
        target.storeBytes(of: UInt32(truncatingIfNeeded: second >> 32), toByteOffset: 14, as: UInt32.self)
        target.storeBytes(of: UInt32(truncatingIfNeeded: third), toByteOffset: 19, as: UInt32.self)
        target.storeBytes(of: UInt32(truncatingIfNeeded: third >> 32), toByteOffset: 24, as: UInt32.self)
        target.storeBytes(of: outer[1].littleEndian, toByteOffset: 28, as: UInt64.self)
        target.storeBytes(of: UInt8(ascii: "-"), toByteOffset: 8, as: UInt8.self)
        target.storeBytes(of: UInt8(ascii: "-"), toByteOffset: 13, as: UInt8.self)
        target.storeBytes(of: UInt8(ascii: "-"), toByteOffset: 18, as: UInt8.self)
        target.storeBytes(of: UInt8(ascii: "-"), toByteOffset: 23, as: UInt8.self)
    }
}

extension Identifier: CustomStringConvertible {
    public var description: String {
        String(unsafeUninitializedCapacity: 36) { buffer in
            write(to: buffer.baseAddress!)
            return 36
        }
    }
}

extension Identifier: Comparable {
    @inlinable public static func < (a: Identifier, b: Identifier) -> Bool {
        (a.high, a.low) < (b.high, b.low)
    }
}
