/// Base32 without padding (RFC 4648, section 6), for text that people type.
public enum Base32 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".unicodeScalars)

    /// Encodes bytes.
    public static func encode(_ bytes: some Sequence<UInt8>) -> String {
        var text = String.UnicodeScalarView()
        var (bits, count) = (UInt(0), 0)
        for byte in bytes {
            (bits, count) = (bits << 8 | UInt(byte), count + 8)
            while count >= 5 {
                count -= 5
                text.append(alphabet[Int(bits >> count) & 31])
            }
            bits &= 31
        }
        if count > 0 { text.append(alphabet[Int(bits << (5 - count)) & 31]) }
        return String(text)
    }
}
