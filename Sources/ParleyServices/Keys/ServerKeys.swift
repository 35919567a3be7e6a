import Crypto

/// The secrets of `JWT_SECRET`, split into one key per purpose.
///
/// The first secret signs, all verify, so that a secret can be replaced while its tokens live.
package struct ServerKeys: Sendable {
    /// The shortest secret, in bytes.
    package static let secretBytesMin = 32

    /// The keys that come from one secret.
    package struct KeySet: Sendable {
        /// Signs access tokens: the secret itself, so that others who have it can check them (RFC 7515, HS256).
        let access: SymmetricKey
        /// Makes refresh tokens.
        let refresh: SymmetricKey
        /// Signs cursors.
        let cursor: SymmetricKey
        /// Signs references to pictures and files.
        let reference: SymmetricKey
        /// Makes fingerprints of requests that are repeated: their bodies hold passwords.
        let fingerprint: SymmetricKey
        /// Seals the secrets of second factors.
        let secondFactor: SymmetricKey
        /// Names the secret in a token without telling it.
        let identifier: String

        init(secret: [UInt8]) {
            let root = SymmetricKey(data: secret)
            access = root
            refresh = KeySet.derive(root, "parley refresh token")
            cursor = KeySet.derive(root, "parley cursor")
            reference = KeySet.derive(root, "parley reference")
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

    /// The signing set first; never empty.
    let sets: [KeySet]

    /// The set that signs.
    var current: KeySet { sets[0] }

    /// - Parameter secrets: at least one, each of at least ``secretBytesMin`` bytes.
    package init(secrets: [[UInt8]]) {
        precondition(!secrets.isEmpty, "the configuration hands over at least one secret")
        sets = secrets.map(KeySet.init(secret:))
    }
}
