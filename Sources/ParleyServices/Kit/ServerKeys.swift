import Crypto
import SpecCore

/// The secrets of `JWT_SECRET`, split into one key per purpose.
///
/// The first secret signs, all verify, so that a secret can be replaced while its tokens are valid.
package struct ServerKeys: Sendable {
    /// Minimum length of a secret in bytes.
    package static let secretBytesMin = 32

    /// Keys derived from one secret.
    package struct KeySet: Sendable {
        /// Signs access tokens: the secret itself, so that services that share it can verify them (RFC 7515, HS256).
        let access: SymmetricKey
        /// Derives refresh tokens.
        let refresh: SymmetricKey
        /// Computes fingerprints of requests with an Idempotency-Key: their bodies hold passwords.
        let fingerprint: SymmetricKey
        /// Sealed the secrets of second factors before there was a secret for that.
        let secondFactor: SymmetricKey
        /// Seals the tokens of mails where there is no other secret for that.
        let mail: SymmetricKey
        /// Identifies the secret in a token without revealing it.
        let identifier: String

        init(secret: [UInt8]) {
            let root = SymmetricKey(data: secret)
            access = root
            refresh = KeyDerivation.key(of: root, "parley refresh token")
            fingerprint = KeyDerivation.key(of: root, "parley fingerprint")
            secondFactor = KeyDerivation.key(of: root, "parley second factor")
            mail = KeyDerivation.key(of: root, "parley mail")
            identifier = KeyDerivation.name(of: root)
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
