/// Hexadecimal digits.
public enum Hexadecimal {
    /// Encodes bytes, two digits each.
    public static func text(_ bytes: some Sequence<UInt8>) -> String {
        String(decoding: bytes.flatMap { [digit($0 >> 4), digit($0 & 15)] }, as: UTF8.self)
    }

    /// The lower-case digit of a number below 16.
    @inlinable public static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    /// The number of a digit in either case, or nil if the byte is not a digit.
    @inlinable public static func value(of byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}

/// Sixteen digits at a time: two words of eight digits, one byte each, the first in the lowest byte ("SIMD within a
/// register").
extension Hexadecimal {
    /// Loads the eight bytes at `offset`.
    @inlinable static func eight(_ start: UnsafeRawPointer, _ offset: Int) -> UInt64 {
        UInt64(littleEndian: start.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    /// Loads two groups of four bytes.
    @inlinable static func eight(_ start: UnsafeRawPointer, _ first: Int, _ second: Int) -> UInt64 {
        UInt64(UInt32(littleEndian: start.loadUnaligned(fromByteOffset: first, as: UInt32.self)))
            | UInt64(UInt32(littleEndian: start.loadUnaligned(fromByteOffset: second, as: UInt32.self))) << 32
    }

    /// The two numbers of two groups of eight digits. If a byte is not a digit, `wrong` has a high bit set.
    @inline(__always) @inlinable
    static func values(ofEights words: SIMD2<UInt64>, _ wrong: inout SIMD2<UInt64>) -> SIMD2<UInt64> {
        let ones = SIMD2<UInt64>(repeating: 0x0101_0101_0101_0101)
        let highs = ones &<< 7
        // No byte carries into the next: the high bits are clear, and the sums are below 0x100.
        let low = words & ~highs
        let digits = (low &+ ones &* (0x80 - 0x30)) & ~(low &+ ones &* (0x80 - 0x3A)) & highs
        let folded = low | ones &* 0x20
        let letters = (folded &+ ones &* (0x80 - 0x61)) & ~(folded &+ ones &* (0x80 - 0x67)) & highs
        wrong |= (words | ~(digits | letters)) & highs
        var value = (low & (ones &* 0x0F)) &+ (letters &>> 7) &+ (letters &>> 4)
        value = (value &<< 4 | value &>> 8) & SIMD2(repeating: 0x00FF_00FF_00FF_00FF)
        value = (value &<< 8 | value &>> 16) & SIMD2(repeating: 0x0000_FFFF_0000_FFFF)
        return (value &<< 16 | value &>> 32) & SIMD2(repeating: 0xFFFF_FFFF)
    }

    /// The eight digits of each of two 32-bit numbers.
    @inline(__always) @inlinable static func eights(of values: SIMD2<UInt64>) -> SIMD2<UInt64> {
        let ones = SIMD2<UInt64>(repeating: 0x0101_0101_0101_0101)
        var words = values
        words = (words &>> 16 | words &<< 32) & SIMD2(repeating: 0x0000_FFFF_0000_FFFF)
        words = (words &>> 8 | words &<< 16) & SIMD2(repeating: 0x00FF_00FF_00FF_00FF)
        words = (words &>> 4 | words &<< 8) & SIMD2(repeating: 0x0F0F_0F0F_0F0F_0F0F)
        let letters = ((words &+ ones &* (0x80 - 10)) &>> 7) & ones
        // 'a' is 39 further than the byte after '9'.
        return words &+ ones &* 0x30 &+ (letters &<< 5) &+ (letters &<< 3) &- letters
    }
}
