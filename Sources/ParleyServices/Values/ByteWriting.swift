import SpecCore

extension [UInt8] {
    /// Appends an integer, most significant byte first.
    mutating func append(bigEndian value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
    }

    /// Appends the 16 bytes of an id.
    mutating func append(_ identifier: Identifier) {
        append(bigEndian: identifier.high)
        append(bigEndian: identifier.low)
    }
}

extension ArraySlice<UInt8> {
    /// The integer that the slice holds, most significant byte first.
    func bigEndian<Value: FixedWidthInteger>(as type: Value.Type = Value.self) -> Value {
        reduce(0) { $0 << 8 | Value(truncatingIfNeeded: $1) }
    }

    /// The id that 16 bytes hold.
    var identifier: Identifier {
        Identifier(high: prefix(8).bigEndian(), low: dropFirst(8).bigEndian())
    }
}
