import Crypto
import SpecCore

/// The sealers of what the database alone must not tell, one per purpose.
///
/// Their keys are derived from `SEALING_SECRET`, which the services that verify access tokens do not share. What was
/// sealed with a key of `JWT_SECRET`, by an earlier release or without a sealing secret, can still be opened.
package struct SealingKeys: Sendable {
    /// Seals the secrets of second factors, each for its user's id.
    package let secondFactor: Sealer
    /// Seals the tokens of mails in the outbox, each for its recipient.
    package let mail: Sealer

    /// - Parameters:
    ///   - secrets: the first seals, all open; if there are none, the server's keys seal.
    ///   - serverKeys: the keys of `JWT_SECRET`.
    package init(secrets: [[UInt8]], serverKeys: ServerKeys) {
        let own = secrets.map { SymmetricKey(data: $0) }
        func sealer(_ purpose: String, _ shared: (ServerKeys.KeySet) -> SymmetricKey) -> Sealer {
            let keys = own.map { root in
                Sealer.Key(.own, name: KeyDerivation.name(of: root), KeyDerivation.key(of: root, purpose))
            }
            return Sealer(keys: keys + serverKeys.sets.map { Sealer.Key(.shared, name: $0.identifier, shared($0)) })
        }
        secondFactor = sealer("parley second factor", \.secondFactor)
        mail = sealer("parley mail", \.mail)
    }
}

/// Derives the keys of one purpose from a secret (HKDF, RFC 5869, with the purpose as info).
enum KeyDerivation {
    static func key(of root: SymmetricKey, _ purpose: String) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(inputKeyMaterial: root, info: Array(purpose.utf8), outputByteCount: 32)
    }

    /// A name that identifies the secret without revealing it.
    static func name(of root: SymmetricKey) -> String {
        Base64URL.encode(key(of: root, "parley key name").withUnsafeBytes { Array($0.prefix(6)) })
    }
}
