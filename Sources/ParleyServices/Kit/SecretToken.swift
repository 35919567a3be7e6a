import Crypto
import SpecCore

/// A random token of 128 bits, of which only the hash is stored.
struct SecretToken: Sendable, Redacted {
    /// The token as sent to the client: 22 characters of base64url.
    let text: String

    init() {
        let key = SymmetricKey(size: .bits128)
        text = key.withUnsafeBytes { Base64URL.encode($0) }
    }

    init(_ text: String) {
        self.text = text
    }

    var hash: [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }

    /// Hash under which wrong codes sent with the token are counted. Differs from the token's own hash: a mailed token
    /// must not pass as the challenge of a login.
    var failuresHash: [UInt8] { Array(SHA256.hash(data: Array("wrong codes with \(text)".utf8))) }
}
