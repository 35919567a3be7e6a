import Crypto
import SpecCore

/// Where a page of a list ended: a position, sealed for one caller and one list.
struct Cursors: Sendable {
    private static let sealBytes = 16
    private let keys: ServerKeys

    init(keys: ServerKeys) {
        self.keys = keys
    }

    /// - Parameter list: what tells this list from others: caller, conversation, order, times.
    func make(position: Int64, list: [UInt8]) -> String {
        var bytes: [UInt8] = []
        bytes.append(bigEndian: position)
        return Base64URL.encode(bytes + Self.seal(bytes, list, keys.current.cursor).prefix(Self.sealBytes))
    }

    /// The position; nil when the cursor is not from this list.
    func position(in cursor: String, list: [UInt8]) -> Int64? {
        guard let bytes = Base64URL.decode(cursor), bytes.count == 8 + Self.sealBytes else { return nil }
        let position = Array(bytes[..<8])
        let isOurs = keys.sets.contains { Self.areEqual(Self.seal(position, list, $0.cursor), bytes[8...]) }
        return isOurs ? position[...].bigEndian() : nil
    }

    private static func seal(_ position: [UInt8], _ list: [UInt8], _ key: SymmetricKey) -> ArraySlice<UInt8> {
        Array(HMAC<SHA256>.authenticationCode(for: position + list, using: key))[..<sealBytes]
    }

    private static func areEqual(_ a: ArraySlice<UInt8>, _ b: ArraySlice<UInt8>) -> Bool {
        zip(a, b).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
