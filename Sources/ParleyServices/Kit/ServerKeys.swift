import Crypto
import SpecCore

/// The secrets of `JWT_SECRET`, split into one key per purpose.
///
/// The first secret signs, all verify, so that a secret can be replaced while its tokens are valid.
package struct ServerKeys: Sendable, Redacted {
    /// Minimum length of a secret in bytes.
    package static let secretBytesMin = 32

    /// Keys derived from one secret.
    package struct KeySet: Sendable, Redacted {
        /// Signs access tokens: the secret itself, so that services that share it can verify them (RFC 7515, HS256).
        let access: SymmetricKey
        /// Derives refresh tokens.
        let refresh: SymmetricKey
        /// Computes fingerprints of requests with an Idempotency-Key: their bodies hold passwords.
        let fingerprint: SymmetricKey
        /// Encrypts the secrets of second factors.
        let secondFactor: SymmetricKey
        /// Identifies the secret in a token without revealing it.
        let identifier: String

        init(secret: [UInt8]) {
            let root = SymmetricKey(data: secret)
            access = root
            refresh = KeySet.derive(root, "parley refresh token")
            fingerprint = KeySet.derive(root, "parley fingerprint")
            secondFactor = KeySet.derive(root, "parley second factor")
            let name = KeySet.derive(root, "parley key name").withUnsafeBytes { Array($0.prefix(6)) }
            identifier = Base64URL.encode(name)
        }

        /// HKDF (RFC 5869) with the purpose as info.
        private static func derive(_ root: SymmetricKey, _ purpose: String) -> SymmetricKey {
            HKDF<SHA256>.deriveKey(inputKeyMaterial: root, info: Array(purpose.utf8), outputByteCount: 32)
        }
    }

    /// Key sets, the signing one first; never empty.
    let sets: [KeySet]

    /// The key set that signs.
    var current: KeySet { sets[0] }

    /// The keys of the fingerprints of requests with an Idempotency-Key.
    package var fingerprintKeys: [[UInt8]] { sets.map { $0.fingerprint.withUnsafeBytes { Array($0) } } }

    /// - Parameter secrets: at least one, each of at least ``secretBytesMin`` bytes.
    package init(secrets: [[UInt8]]) {
        precondition(!secrets.isEmpty, "the configuration hands over at least one secret")
        sets = secrets.map(KeySet.init(secret:))
    }
}
