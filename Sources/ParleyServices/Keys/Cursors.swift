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
        return make(bytes, list)
    }

    /// - Parameter position: the id of the last item.
    func make(position: Identifier, list: [UInt8]) -> String { make([position].packed, list) }

    /// The position; nil when the cursor is not from this list.
    func position(in cursor: String, list: [UInt8]) -> Int64? {
        bytes(in: cursor, count: 8, list)?[...].bigEndian()
    }

    /// The id that is the position; nil when the cursor is not from this list.
    func identifier(in cursor: String, list: [UInt8]) -> Identifier? {
        bytes(in: cursor, count: 16, list)?[...].identifier
    }

    private func make(_ position: [UInt8], _ list: [UInt8]) -> String {
        Base64URL.encode(position + Self.seal(position, list, keys.current.cursor))
    }

    private func bytes(in cursor: String, count: Int, _ list: [UInt8]) -> [UInt8]? {
        guard let bytes = Base64URL.decode(cursor), bytes.count == count + Self.sealBytes else { return nil }
        let position = Array(bytes[..<count])
        let isOurs = keys.sets.contains { Self.areEqual(Self.seal(position, list, $0.cursor), bytes[count...]) }
        return isOurs ? position : nil
    }

    private static func seal(_ position: [UInt8], _ list: [UInt8], _ key: SymmetricKey) -> ArraySlice<UInt8> {
        Array(HMAC<SHA256>.authenticationCode(for: position + list, using: key))[..<sealBytes]
    }

    private static func areEqual(_ a: ArraySlice<UInt8>, _ b: ArraySlice<UInt8>) -> Bool {
        zip(a, b).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
