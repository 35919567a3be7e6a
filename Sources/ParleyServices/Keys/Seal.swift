import Crypto

/// Shows that this server made some bytes: 128 bits of their HMAC-SHA-256.
enum Seal {
    static let bytesCount = 16

    static func of(_ bytes: [UInt8], by key: SymmetricKey) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: bytes, using: key).prefix(bytesCount))
    }

    /// Takes as long for any other seal of this length.
    static func isTrue(_ seal: ArraySlice<UInt8>, of bytes: [UInt8], by key: SymmetricKey) -> Bool {
        seal.count == bytesCount && zip(of(bytes, by: key), seal).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
