extension [UInt8] {
    /// Appends an integer, most significant byte first.
    public mutating func append(bigEndian value: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: value.bigEndian) { append(contentsOf: $0) }
    }

    /// Appends the 16 bytes of an id.
    public mutating func append(_ identifier: Identifier) {
        append(bigEndian: identifier.high)
        append(bigEndian: identifier.low)
    }
}

extension ArraySlice<UInt8> {
    /// Returns the integer that the slice holds, most significant byte first.
    public func bigEndian<Value: FixedWidthInteger>(as type: Value.Type = Value.self) -> Value {
        reduce(0) { $0 << 8 | Value(truncatingIfNeeded: $1) }
    }
}

extension Identifier {
    /// The 16 bytes, most significant first.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(16)
        bytes.append(self)
        return bytes
    }

    /// - Parameter bytes: 16 bytes, most significant first.
    public init(bytes: ArraySlice<UInt8>) {
        self.init(high: bytes.prefix(8).bigEndian(), low: bytes.dropFirst(8).bigEndian())
    }
}
