import Crypto

/// A token that is mailed: 128 random bits, of which only the hash is stored.
struct SecretToken: Sendable {
    /// As it stands in the mail: 22 characters of base64url.
    let text: String

    init() {
        let key = SymmetricKey(size: .bits128)
        text = key.withUnsafeBytes { Base64URL.encode($0) }
    }

    init(_ text: String) {
        self.text = text
    }

    var hash: [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }
}
