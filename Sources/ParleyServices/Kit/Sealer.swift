import Crypto
import SpecCore

/// Encrypts short secrets for the database (AES-256-GCM), each bound to the row that holds it.
///
/// A sealed secret is a format byte, the key's name, nonce, ciphertext and tag.
package struct Sealer: Sendable, Redacted {
    /// A key, with the bytes that begin everything sealed with it.
    struct Key: Sendable {
        /// Keys derived from `JWT_SECRET` have format 1, those derived from `SEALING_SECRET` format 2.
        enum Format: UInt8 {
            case shared = 1
            case own = 2
        }

        let start: [UInt8]
        let key: SymmetricKey

        init(_ format: Format, name: String, _ key: SymmetricKey) {
            start = [format.rawValue] + Array(name.utf8)
            self.key = key
        }
    }

    /// The keys that open; the first one seals.
    private let keys: [Key]

    init(keys: [Key]) {
        self.keys = keys
    }

    /// Seals a secret.
    /// - Parameter owner: bytes that must be the same when it is opened, so that it cannot be moved to another row.
    func seal(_ secret: [UInt8], of owner: [UInt8]) throws -> [UInt8] {
        let key = keys[0]
        let box = try AES.GCM.seal(secret, using: key.key, authenticating: owner)
        guard let sealed = box.combined else { preconditionFailure("a nonce of 12 bytes combines with the rest") }
        return key.start + sealed
    }

    /// Returns the secret, or nil if it is another owner's or was sealed with a key that is no longer configured.
    func open(_ sealed: [UInt8], of owner: [UInt8]) -> [UInt8]? {
        guard let key = keys.first(where: { sealed.starts(with: $0.start) }),
            let box = try? AES.GCM.SealedBox(combined: sealed.dropFirst(key.start.count)),
            let secret = try? AES.GCM.open(box, using: key.key, authenticating: owner)
        else { return nil }
        return Array(secret)
    }

    /// True if a secret was sealed with the key that seals now.
    func isCurrent(_ sealed: [UInt8]) -> Bool { sealed.starts(with: keys[0].start) }
}
