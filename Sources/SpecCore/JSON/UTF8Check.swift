/// Checks of raw bytes, done once for a whole body.
@usableFromInline enum UTF8Check {
    /// True if every byte is below 0x80.
    @inlinable static func isASCII(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let base = bytes.baseAddress else { return true }
        var index = 0
        var pairs = SIMD2<UInt64>()
        while index + 32 <= bytes.count {
            pairs |= UnsafeRawPointer(base + index).loadUnaligned(as: SIMD2<UInt64>.self)
            pairs |= UnsafeRawPointer(base + index).loadUnaligned(fromByteOffset: 16, as: SIMD2<UInt64>.self)
            index += 32
        }
        var all = pairs[0] | pairs[1]
        while index + 8 <= bytes.count {
            all |= UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self)
            index += 8
        }
        while index < bytes.count {
            all |= UInt64(base[index])
            index += 1
        }
        return all & 0x8080_8080_8080_8080 == 0
    }

    /// The offset of the first byte that is not valid UTF-8 (RFC 3629; overlong forms and surrogates are invalid), or
    /// nil.
    @usableFromInline static func firstInvalid(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        var index = 0
        while index < bytes.count {
            let length = sequenceLength(bytes, index)
            if length == 0 { return index }
            index += length
        }
        return nil
    }

    private static func sequenceLength(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int {
        let first = bytes[index]
        if first < 0x80 { return 1 }
        func continues(_ offset: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
            index + offset < bytes.count && range.contains(bytes[index + offset])
        }
        switch first {
        case 0xC2...0xDF: return continues(1) ? 2 : 0
        case 0xE0: return continues(1, 0xA0...0xBF) && continues(2) ? 3 : 0
        case 0xED: return continues(1, 0x80...0x9F) && continues(2) ? 3 : 0
        case 0xE1...0xEF: return continues(1) && continues(2) ? 3 : 0
        case 0xF0: return continues(1, 0x90...0xBF) && continues(2) && continues(3) ? 4 : 0
        case 0xF4: return continues(1, 0x80...0x8F) && continues(2) && continues(3) ? 4 : 0
        case 0xF1...0xF3: return continues(1) && continues(2) && continues(3) ? 4 : 0
        default: return 0
        }
    }
}
