import Crypto
import ParleyContract
import SpecCore

/// Derives refresh tokens deterministically: an HMAC of the server's key, the session and the generation.
///
/// Only the hash is stored, yet the same successor can be issued again within the grace period.
package struct RefreshTokens: Sendable {
    /// Parts of a token: session (16 bytes), generation (4), HMAC (32), as base64url.
    struct Parts: Equatable {
        let session: Identifier
        let generation: Int
        let hash: [UInt8]
        /// True if the token was made with one of the server's keys.
        let isGenuine: Bool
    }

    private static let sealStart = 20
    private static let bytesCount = 52
    private let keys: ServerKeys

    package init(keys: ServerKeys) {
        self.keys = keys
    }

    /// Returns the token of a generation of a session.
    func make(session: Identifier, generation: Int) -> String {
        Base64URL.encode(Self.bytes(session, generation, keys.current.refresh))
    }

    /// Returns the current token of a session, whichever key made it, or nil if that key was removed.
    func current(of row: SessionsRow) -> String? {
        keys.sets.lazy.map { Base64URL.encode(Self.bytes(row.id, Int(row.generation), $0.refresh)) }
            .first { Self.hash($0) == row.refreshHash }
    }

    /// Returns the stored hash of a token.
    static func hash(_ token: String) -> [UInt8] { Array(SHA256.hash(data: Array(token.utf8))) }

    /// Parses a token; returns nil if it does not have the format of a refresh token.
    func read(_ token: String) -> Parts? {
        guard let bytes = Base64URL.decode(token), bytes.count == Self.bytesCount else { return nil }
        let session = Identifier(bytes: bytes[..<16])
        let generation = Int(bytes[16..<Self.sealStart].bigEndian(as: UInt32.self))
        return Parts(
            session: session, generation: generation, hash: Self.hash(token), isGenuine: isGenuine(bytes))
    }

    private func isGenuine(_ bytes: [UInt8]) -> Bool {
        keys.sets.contains { set in
            HMAC<SHA256>.isValidAuthenticationCode(
                bytes[Self.sealStart...], authenticating: bytes[..<Self.sealStart], using: set.refresh)
        }
    }

    private static func bytes(_ session: Identifier, _ generation: Int, _ key: SymmetricKey) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(session)
        bytes.append(bigEndian: UInt32(truncatingIfNeeded: generation))
        return bytes + Array(HMAC<SHA256>.authenticationCode(for: bytes, using: key))
    }
}
