/// One header field.
public struct HeaderField: Sendable, Equatable {
    public let name: String
    public let value: String

    @inlinable public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    /// True if the field has this name; case-insensitive.
    @inlinable public func isNamed(_ name: StaticString) -> Bool { HeaderFields.matches(self.name, name) }
}

/// The header fields of a message, in the order received. Names are case-insensitive.
public struct HeaderFields: Sendable, Equatable {
    public var list: [HeaderField]

    @inlinable public init(_ list: [HeaderField] = []) {
        self.list = list
    }

    /// The value of the first field with this name.
    @inlinable public subscript(_ name: StaticString) -> String? {
        for field in list where HeaderFields.matches(field.name, name) { return field.value }
        return nil
    }

    /// The values of all fields with this name.
    @inlinable public func values(of name: StaticString) -> [String] {
        list.filter { HeaderFields.matches($0.name, name) }.map(\.value)
    }

    @inlinable public mutating func append(_ name: String, _ value: String) {
        list.append(HeaderField(name, value))
    }

    /// True if the names are equal; only ASCII letters fold (RFC 9110, 5.1).
    @inlinable static func matches(_ field: String, _ name: StaticString) -> Bool {
        guard field.utf8.count == name.utf8CodeUnitCount else { return false }
        var position = 0
        for byte in field.utf8 {
            let other = name.utf8Start[position]
            if byte != other, byte ^ other != 0x20 || (byte | 0x20) &- 0x61 >= 26 { return false }
            position += 1
        }
        return true
    }
}

extension HeaderFields {
    /// Returns a copy with one more field.
    @inlinable public func adding(_ name: String, _ value: String) -> HeaderFields {
        HeaderFields(list + [HeaderField(name, value)])
    }
}
