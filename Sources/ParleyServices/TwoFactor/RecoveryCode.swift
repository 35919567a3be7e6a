import Crypto
import SpecCore

/// Recovery codes for a lost authenticator: 120 random bits each, of which only the hash is stored.
enum RecoveryCode {
    /// Number of codes per account.
    static let count = 10
    private static let bits = 120
    private static let groupLength = 4

    /// Returns a new code as shown to the user: `mfzw-a6tp-2q4k-x7bd-k3mz-7wqa`.
    static func make() -> String {
        let text = SymmetricKey(size: SymmetricKeySize(bitCount: bits)).withUnsafeBytes { Base32.encode($0) }
        let letters = Array(text.lowercased())
        return stride(from: 0, to: letters.count, by: groupLength)
            .map { String(letters[$0..<min($0 + groupLength, letters.count)]) }.joined(separator: "-")
    }

    /// Returns the stored hash of a code.
    ///
    /// - Parameter code: without dashes, in lower case.
    static func hash(_ code: String, of user: Identifier) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(user)
        return Array(SHA256.hash(data: bytes + Array(code.utf8)))
    }
}
