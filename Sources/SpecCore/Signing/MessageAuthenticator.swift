/// Computes and verifies message authentication codes, with keys that can be replaced while their codes are in use.
public protocol MessageAuthenticator: Sendable {
    /// The length of a code in bytes: at least 16.
    var codeBytes: Int { get }

    /// Returns the code of the bytes, made with the current key.
    func code(of bytes: [UInt8]) -> [UInt8]

    /// Verifies a code in constant time, whichever of the keys made it.
    func isValid(_ code: ArraySlice<UInt8>, of bytes: [UInt8]) -> Bool
}
