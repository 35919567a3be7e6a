import Crypto
import SpecCore

/// Time-based one-time passwords (RFC 6238): SHA-1, six digits, steps of 30 seconds, the defaults of authenticators.
enum TOTP {
    /// Length of a secret in bytes (RFC 4226, section 4: 160 bits are recommended).
    static let secretBytes = 20
    static let stepSeconds: Int64 = 30
    static let digits = 6
    /// Allowed clock skew in steps, in both directions.
    static let skewSteps: Int64 = 1

    static func makeSecret() -> [UInt8] {
        SymmetricKey(size: SymmetricKeySize(bitCount: secretBytes * 8)).withUnsafeBytes { Array($0) }
    }

    static func step(at time: Timestamp) -> Int64 { time.milliseconds / 1_000 / stepSeconds }

    /// Returns the matching time step within the allowed skew, or nil.
    static func step(of code: String, secret: [UInt8], at now: Timestamp) -> Int64? {
        let current = step(at: now)
        return (current - skewSteps...current + skewSteps).first { self.code(secret: secret, step: $0) == code }
    }

    static func code(secret: [UInt8], step: Int64) -> String {
        var counter: [UInt8] = []
        counter.append(bigEndian: UInt64(bitPattern: step))
        let mac = Array(
            HMAC<Crypto.Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: secret)))
        // RFC 4226, section 5.3: the last four bits are the offset of the 31 bits used.
        let offset = Int(mac[mac.count - 1] & 0x0F)
        let number = mac[offset..<offset + 4].bigEndian(as: UInt32.self) & 0x7FFF_FFFF
        let text = String(number % 1_000_000)
        return String(repeating: "0", count: digits - text.count) + text
    }

    /// Returns the URI of the QR code for an authenticator.
    static func uri(secret: [UInt8], account: String) -> String {
        "otpauth://totp/Parley:\(escaped(account))?secret=\(Base32.encode(secret))&issuer=Parley"
            + "&algorithm=SHA1&digits=\(digits)&period=\(stepSeconds)"
    }

    /// Percent-encodes all but RFC 3986's unreserved characters.
    private static func escaped(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain = byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || "-._~".utf8.contains(byte)
            let hex = String(byte, radix: 16, uppercase: true)
            return isPlain ? String(Unicode.Scalar(byte)) : "%" + (byte < 16 ? "0" : "") + hex
        }.joined()
    }
}
