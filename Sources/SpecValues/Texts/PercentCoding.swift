/// Percent-encoding (RFC 3986, section 2.1).
public enum PercentCoding {
    /// Decodes the escapes of letters, digits and `-._~`, and writes the others in upper case, which does not change the
    /// URI (sections 6.2.2.1 and 6.2.2.2).
    public static func unescapeUnreserved(_ text: String) -> String {
        let bytes = Array(text.utf8)
        var plain: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
                let high = Hexadecimal.value(of: bytes[index + 1]), let low = Hexadecimal.value(of: bytes[index + 2])
            {
                let byte = high << 4 | low
                plain += isUnreserved(byte) ? [byte] : [bytes[index]] + bytes[index + 1...index + 2].map(upper)
                index += 3
            } else {
                plain.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: plain, as: UTF8.self)
    }

    private static func upper(_ digit: UInt8) -> UInt8 {
        digit >= UInt8(ascii: "a") ? digit & ~0x20 : digit
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        byte &- UInt8(ascii: "0") < 10 || (byte | 0x20) &- UInt8(ascii: "a") < 26 || "-._~".utf8.contains(byte)
    }

    /// The decoded text, or nil if an escape is invalid or the bytes are not UTF-8.
    public static func decode(_ text: some Collection<UInt8>, plusIsSpace: Bool) -> String? {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var rest = text.makeIterator()
        while let byte = rest.next() {
            if byte == UInt8(ascii: "%") {
                guard let high = rest.next().flatMap(Hexadecimal.value(of:)),
                    let low = rest.next().flatMap(Hexadecimal.value(of:))
                else { return nil }
                bytes.append(high << 4 | low)
            } else {
                bytes.append(plusIsSpace && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
