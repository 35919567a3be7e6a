import Crypto

/// A token that is handed out once: 128 random bits, of which only the hash is stored.
struct SecretToken: Sendable {
    /// As it is handed out: 22 characters of base64url.
    let text: String

    init() {
        let key = SymmetricKey(size: .bits128)
        text = key.withUnsafeBytes { Base64URL.encode($0) }
    }

    init(_ text: String) {
        self.text = text
    }

    var hash: [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }

    /// Under which wrong codes that came with the token are counted. Not its own hash: a mailed token must not pass as
    /// the challenge of a login.
    var failuresHash: [UInt8] { Array(SHA256.hash(data: Array("wrong codes with \(text)".utf8))) }
}
