/// Hexadecimal digits.
public enum Hexadecimal {
    /// Bytes as text, two digits each.
    public static func text(_ bytes: some Sequence<UInt8>) -> String {
        String(decoding: bytes.flatMap { [digit($0 >> 4), digit($0 & 15)] }, as: UTF8.self)
    }

    @inlinable static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    @inlinable static func value(of byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

/// Eight digits at a time, a byte of a word each, the first in its lowest byte ("SIMD within a register").
extension Hexadecimal {
    /// The eight bytes at `offset`.
    @inlinable static func eight(_ start: UnsafeRawPointer, _ offset: Int) -> UInt64 {
        UInt64(littleEndian: start.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    /// Twice four bytes.
    @inlinable static func eight(_ start: UnsafeRawPointer, _ first: Int, _ second: Int) -> UInt64 {
        UInt64(UInt32(littleEndian: start.loadUnaligned(fromByteOffset: first, as: UInt32.self)))
            | UInt64(UInt32(littleEndian: start.loadUnaligned(fromByteOffset: second, as: UInt32.self))) << 32
    }

    /// The number that eight digits stand for; nil when one is none.
    @inline(__always) @inlinable static func value(ofEight word: UInt64) -> UInt32? {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let highs: UInt64 = 0x8080_8080_8080_8080
        guard word & highs == 0 else { return nil }
        // No byte carries into its neighbour: all are below 0x80, and the sums below 0x100.
        let digits = (word &+ ones &* (0x80 - 0x30)) & ~(word &+ ones &* (0x80 - 0x3A)) & highs
        let folded = word | ones &* 0x20
        let letters = (folded &+ ones &* (0x80 - 0x61)) & ~(folded &+ ones &* (0x80 - 0x67)) & highs
        guard digits | letters == highs else { return nil }
        var value = (word & (ones &* 0x0F)) &+ (letters >> 7) &* 9
        value = (value << 4 | value >> 8) & 0x00FF_00FF_00FF_00FF
        value = (value << 8 | value >> 16) & 0x0000_FFFF_0000_FFFF
        return UInt32(truncatingIfNeeded: value << 16 | value >> 32)
    }

    /// The eight digits of a number.
    @inlinable static func eight(of value: UInt32) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        var word = UInt64(value)
        word = (word >> 16 | word << 32) & 0x0000_FFFF_0000_FFFF
        word = (word >> 8 | word << 16) & 0x00FF_00FF_00FF_00FF
        word = (word >> 4 | word << 8) & 0x0F0F_0F0F_0F0F_0F0F
        let letters = ((word &+ ones &* (0x80 - 10)) >> 7) & ones
        return (word &+ ones &* 0x30 &+ letters &* 39).littleEndian
    }
}
