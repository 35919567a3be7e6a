import SpecCore

extension [Identifier] {
    /// The 16 bytes of each, one behind the other: a list that is one value of a query.
    var packed: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count * 16)
        for id in self { bytes.append(id) }
        return bytes
    }
}
