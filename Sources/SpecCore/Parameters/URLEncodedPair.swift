/// A pair of a query or of an `application/x-www-form-urlencoded` body: `name=value` (WHATWG URL, 5.1).
struct URLEncodedPair {
    /// The name; nil if it is not percent-encoded UTF-8.
    let name: String?
    /// The value, empty without `=`; nil if it is not percent-encoded UTF-8.
    let value: String?
    /// The name for messages, as it came if it cannot be decoded.
    let shownName: String

    init<Bytes: Collection>(_ bytes: Bytes) where Bytes.Element == UInt8 {
        let parts = bytes.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
        let name = PercentCoding.decode(parts[0], plusIsSpace: true)
        self.name = name
        value = parts.count == 1 ? "" : PercentCoding.decode(parts[1], plusIsSpace: true)
        shownName = name ?? String(decoding: parts[0], as: UTF8.self)
    }
}
