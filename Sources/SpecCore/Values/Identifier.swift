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

    /// A UUIDv7: 48 bits of milliseconds, then randomness. Ids made later sort later.
    public static func make(at time: Timestamp = .now()) -> Identifier {
        var generator = SystemRandomNumberGenerator()
        return make(at: time, using: &generator)
    }

    /// The same with randomness from elsewhere.
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
    /// Reads the 36-character form, in either case; nil when it is anything else.
    @inlinable public init?(utf8 text: UnsafeBufferPointer<UInt8>) {
        guard text.count == 36 else { return nil }
        var high: UInt64 = 0
        var low: UInt64 = 0
        for index in 0..<36 {
            let byte = text[index]
            if index == 8 || index == 13 || index == 18 || index == 23 {
                guard byte == UInt8(ascii: "-") else { return nil }
                continue
            }
            guard let digit = Hexadecimal.value(of: byte) else { return nil }
            if index < 18 { high = high << 4 | UInt64(digit) } else { low = low << 4 | UInt64(digit) }
        }
        self.init(high: high, low: low)
    }

    /// Reads the 36-character form; nil when it is anything else.
    public init?(_ text: String) {
        var text = text
        guard let value = text.withUTF8({ Identifier(utf8: $0) }) else { return nil }
        self = value
    }

    /// Writes the 36 characters to `target`.
    @inlinable public func write(to target: UnsafeMutablePointer<UInt8>) {
        var position = 0
        for index in 0..<32 {
            if index == 8 || index == 12 || index == 16 || index == 20 {
                target[position] = UInt8(ascii: "-")
                position += 1
            }
            let word = index < 16 ? high : low
            target[position] = Hexadecimal.digit(UInt8(truncatingIfNeeded: word >> UInt64(60 - (index & 15) * 4)) & 15)
            position += 1
        }
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

/// Hexadecimal digits.
@usableFromInline enum Hexadecimal {
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
