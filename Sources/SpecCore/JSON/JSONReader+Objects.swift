/// The name of a member, borrowed from the reader until the next name is read.
public struct JSONName {
    @usableFromInline let start: UnsafePointer<UInt8>
    @usableFromInline let count: Int

    @inlinable init(start: UnsafePointer<UInt8>, count: Int) {
        self.start = start
        self.count = count
    }

    /// The name as text.
    public var text: String { String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self) }

    /// Matches names in a generated `switch`: compares the length and the bytes, without allocating.
    @inline(__always) @inlinable public static func ~= (pattern: StaticString, name: JSONName) -> Bool {
        guard pattern.utf8CodeUnitCount == name.count else { return false }
        let (one, other) = (UnsafeRawPointer(pattern.utf8Start), UnsafeRawPointer(name.start))
        var offset = 0
        while offset + 8 <= name.count {
            let word = one.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            if word != other.loadUnaligned(fromByteOffset: offset, as: UInt64.self) { return false }
            offset += 8
        }
        while offset < name.count {
            if pattern.utf8Start[offset] != name.start[offset] { return false }
            offset += 1
        }
        return true
    }
}

/// The state of the reader inside an object: the members seen so far, and the start of their violations.
public struct JSONObject {
    @usableFromInline var seen: UInt64 = 0
    @usableFromInline var isFirst = true
    @usableFromInline var mark: Int
    @usableFromInline var nameStart = 0
    @usableFromInline var nameEnd = 0
    @usableFromInline var isNameEscaped = false
    /// The names of unknown members, and of properties past the 64th. Bytes, because Swift compares texts by canonical
    /// equivalence.
    @usableFromInline var others: Set<[UInt8]> = []

    @inlinable init(mark: Int) {
        self.mark = mark
    }
}

extension JSONReader {
    /// Enters an object.
    /// - Returns: nil, with a violation, if the value is not an object.
    @inlinable public mutating func object() throws(JSONFault) -> JSONObject? {
        skipSpace()
        guard here == UInt8(ascii: "{") else {
            try mismatch("an object")
            return nil
        }
        try deeper()
        position += 1
        return JSONObject(mark: violations.count)
    }

    @inlinable mutating func deeper() throws(JSONFault) {
        depth += 1
        if depth > JSONReader.depthMax {
            throw fault("objects and arrays are nested more than \(JSONReader.depthMax) levels deep")
        }
    }

    /// Moves to the value of the next member. Returns nil, past the closing brace, if there is none.
    @inlinable public mutating func member(_ object: inout JSONObject) throws(JSONFault) -> JSONName? {
        if violations.count != object.mark { nestMember(&object) }
        skipSpace()
        if here == UInt8(ascii: "}") {
            position += 1
            depth -= 1
            return nil
        }
        if object.isFirst {
            object.isFirst = false
        } else {
            guard here == UInt8(ascii: ",") else { throw fault("expected ',' or '}'") }
            position += 1
            skipSpace()
        }
        return try name(&object)
    }

    @inlinable mutating func name(_ object: inout JSONObject) throws(JSONFault) -> JSONName {
        guard here == UInt8(ascii: "\"") else { throw fault("expected a member's name in quotes") }
        let span = try stringSpan()
        object.nameStart = span.start
        object.nameEnd = span.end
        object.isNameEscaped = span.isEscaped
        skipSpace()
        guard here == UInt8(ascii: ":") else { throw fault("expected ':'") }
        position += 1
        if span.isEscaped { return unescapeName(span) }
        return JSONName(start: bytes.baseAddress! + span.start, count: span.end - span.start)
    }

    @usableFromInline mutating func unescapeName(_ span: JSONStringSpan) -> JSONName {
        unescapedName = Array(unescaped(span).utf8)
        return unescapedName.withUnsafeBufferPointer {
            JSONName(start: $0.baseAddress ?? bytes.baseAddress!, count: $0.count)
        }
    }

    @usableFromInline mutating func nestMember(_ object: inout JSONObject) {
        violations.nest(from: min(object.mark, violations.count), below: name(of: object))
        object.mark = violations.count
    }

    /// The name of the last member read.
    public func name(of object: JSONObject) -> String {
        let span = JSONStringSpan(
            start: object.nameStart, end: object.nameEnd, isEscaped: object.isNameEscaped, scalars: 0)
        return unescaped(span)
    }

    private func nameBytes(of object: JSONObject) -> [UInt8] {
        object.isNameEscaped ? Array(name(of: object).utf8) : Array(bytes[object.nameStart..<object.nameEnd])
    }

    /// Records that the property at `index` is present; a duplicate name is an error.
    @inlinable public mutating func once(_ index: Int, _ object: inout JSONObject) throws(JSONFault) {
        guard index < 64 else { return try onceByName(&object) }
        let bit: UInt64 = 1 << UInt64(index)
        if object.seen & bit != 0 { throw duplicate(object) }
        object.seen |= bit
    }

    /// Records an unknown member, or a property past the 64th.
    public mutating func onceByName(_ object: inout JSONObject) throws(JSONFault) {
        if !object.others.insert(nameBytes(of: object)).inserted { throw duplicate(object) }
    }

    @usableFromInline func duplicate(_ object: JSONObject) -> JSONFault {
        JSONFault("duplicate member \"\(name(of: object))\"", at: object.nameStart)
    }

    /// Rejects an unknown member of a closed object, and skips its value.
    public mutating func unknown(_ object: inout JSONObject) throws(JSONFault) {
        try onceByName(&object)
        try skip()
        violate("unknown-member", "The schema has no member of this name.")
    }

    /// Skips an unknown member of an open object.
    public mutating func ignore(_ object: inout JSONObject) throws(JSONFault) {
        try onceByName(&object)
        try skip()
    }

    /// Adds a violation for each missing member of `names`.
    @inlinable public mutating func require(
        _ mask: UInt64, _ object: JSONObject, _ names: @autoclosure () -> [(Int, String)]
    ) {
        if object.seen & mask != mask { missing(object, names()) }
    }

    @usableFromInline mutating func missing(_ object: JSONObject, _ names: [(Int, String)]) {
        for (index, name) in names {
            let isThere =
                index < 64 ? object.seen & (1 << UInt64(index)) != 0 : object.others.contains(Array(name.utf8))
            if !isThere { violate(member: name, "required", "This member is required.") }
        }
    }
}

extension JSONReader {
    /// Adds a violation if no group of members in `masks` is complete; `names` lists the groups for the message.
    @inlinable public mutating func requireAny(
        _ masks: [UInt64], _ object: JSONObject, _ names: @autoclosure () -> [[String]]
    ) {
        if masks.allSatisfy({ object.seen & $0 != $0 }) { missingAny(names()) }
    }

    @usableFromInline mutating func missingAny(_ names: [[String]]) {
        let choices = names.map { $0.joined(separator: " and ") }.joined(separator: ", or ")
        violate(member: names[0][0], "required", "At least one is required: \(choices).")
    }
}

extension JSONReader {
    /// The state of the reader inside an array.
    public struct Items {
        @usableFromInline var count = 0
        @usableFromInline var mark: Int
        @inlinable init(mark: Int) { self.mark = mark }
    }

    /// Enters an array.
    /// - Returns: nil, with a violation, if the value is not an array.
    @inlinable public mutating func array() throws(JSONFault) -> Items? {
        skipSpace()
        guard here == UInt8(ascii: "[") else {
            try mismatch("an array")
            return nil
        }
        try deeper()
        position += 1
        return Items(mark: violations.count)
    }

    /// Moves to the next item. Returns false, past the closing bracket, if there is none.
    @inlinable public mutating func item(_ items: inout Items) throws(JSONFault) -> Bool {
        if violations.count != items.mark {
            violations.nest(from: min(items.mark, violations.count), below: String(items.count - 1))
            items.mark = violations.count
        }
        skipSpace()
        if here == UInt8(ascii: "]") {
            position += 1
            depth -= 1
            return false
        }
        if items.count > 0 {
            guard here == UInt8(ascii: ",") else { throw fault("expected ',' or ']'") }
            position += 1
        }
        items.count += 1
        return true
    }

    /// Reads an array of values of one type and checks it against the array's constraints.
    @inlinable public mutating func array<Item>(
        _ rule: ArrayRule = ArrayRule(), _ read: (inout JSONReader) throws(JSONFault) -> Item?
    ) throws(JSONFault) -> [Item]? {
        guard var items = try array() else { return nil }
        let mark = violations.count
        var values: [Item] = []
        let start = position
        while try item(&items) {
            if items.count > rule.maximum ?? Int.max {
                try skip()
            } else if let value = try read(&self) {
                values.append(value)
            }
        }
        check(rule, count: items.count, from: start)
        return violations.count == mark ? values : nil
    }

    @usableFromInline mutating func check(_ rule: ArrayRule, count: Int, from start: Int) {
        if count < rule.minimum { violate("min-items", "Expected at least \(rule.minimum) items, but got \(count).") }
        if let maximum = rule.maximum, count > maximum {
            violate("max-items", "Expected at most \(maximum) items, but got \(count).")
        }
        if rule.isUnique, !JSONValue.areUnique(in: self, from: start) {
            violate("unique-items", "The items must be unique.")
        }
    }
}

/// The constraints of a schema on an array.
public struct ArrayRule: Sendable {
    public let minimum: Int
    public let maximum: Int?
    public let isUnique: Bool

    @inlinable public init(minimum: Int = 0, maximum: Int? = nil, isUnique: Bool = false) {
        self.minimum = minimum
        self.maximum = maximum
        self.isUnique = isUnique
    }
}
