import Crypto
public import SpecCore

/// HMAC-SHA-256 truncated to 128 bits, with a key per secret, each derived for one purpose (HKDF, RFC 5869).
///
/// The first secret makes codes, all verify, so that a secret can be replaced while its codes are in use.
public struct HMACKeys: MessageAuthenticator, Redacted {
    /// The minimum length of a secret in bytes.
    public static let secretBytesMin = 32

    public let codeBytes = 16

    private let keys: [SymmetricKey]

    /// - Parameters:
    ///   - secrets: at least one, each of at least 32 random bytes.
    ///   - purpose: makes the keys differ from those of other purposes.
    /// - Throws: ``ConfigurationError`` if there is no secret, or one is too short.
    public init(secrets: [[UInt8]], purpose: String) throws {
        guard let shortest = secrets.map(\.count).min(), shortest >= Self.secretBytesMin else {
            throw ConfigurationError(
                "HMACKeys needs at least one secret, each of at least \(Self.secretBytesMin) bytes")
        }
        keys = secrets.map {
            HKDF<SHA256>.deriveKey(
                inputKeyMaterial: SymmetricKey(data: $0), info: Array(purpose.utf8), outputByteCount: 32)
        }
    }

    public func code(of bytes: [UInt8]) -> [UInt8] { code(of: bytes, by: keys[0]) }

    public func isValid(_ code: ArraySlice<UInt8>, of bytes: [UInt8]) -> Bool {
        code.count == codeBytes && keys.contains { areEqual(self.code(of: bytes, by: $0), code) }
    }

    private func code(of bytes: [UInt8], by key: SymmetricKey) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: bytes, using: key).prefix(codeBytes))
    }

    /// Constant-time comparison of codes of the same length.
    private func areEqual(_ a: [UInt8], _ b: ArraySlice<UInt8>) -> Bool {
        zip(a, b).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
