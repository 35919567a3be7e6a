/// The start of a value that is tried as several alternatives.
public struct JSONUnion {
    @usableFromInline let start: Int
    @usableFromInline let depth: Int
    @usableFromInline let mark: Int
    @usableFromInline let wasTruncated: Bool
    @usableFromInline var end = 0
    @usableFromInline var matches = 0
    @usableFromInline var closest = ClosestAlternative()

    @inlinable init(start: Int, depth: Int, mark: Int, wasTruncated: Bool) {
        self.start = start
        self.depth = depth
        self.mark = mark
        self.wasTruncated = wasTruncated
    }
}

/// The alternative that the value was evidently meant to be: the one whose outline it breaks least, if unique.
@usableFromInline struct ClosestAlternative {
    /// The codes that show that a value belongs to another alternative: other members, or another tag.
    private static let outline: Set = ["type", "required", "unknown-member", "const", "enum", "one-of", "any-of"]

    private(set) var violations = Violations()
    private var distance = Int.max
    private(set) var isOnlyOne = false

    @usableFromInline init() {}

    mutating func take(_ found: ArraySlice<Violation>, _ isTruncated: Bool) {
        let distance = found.count { Self.outline.contains($0.code) && $0.isShallow }
        isOnlyOne = distance < self.distance || isOnlyOne && distance > self.distance
        guard distance < self.distance else { return }
        self.distance = distance
        violations.list = Array(found)
        violations.isTruncated = isTruncated
    }
}

extension Violation {
    /// True if the violation is about the value itself or one of its members, not deeper.
    fileprivate var isShallow: Bool {
        guard case .pointer(let path) = place else { return false }
        return path.utf8.count { $0 == UInt8(ascii: "/") } <= 1
    }
}

extension JSONReader {
    /// Starts a union: remembers the position before the first alternative.
    @inlinable public func union() -> JSONUnion {
        JSONUnion(
            start: position, depth: depth, mark: violations.count, wasTruncated: violations.isTruncated)
    }

    /// Reads the value as one alternative.
    /// - Returns: nil if it does not match; its violations are set aside.
    @inlinable public mutating func attempt<Value>(
        _ union: inout JSONUnion, _ read: (inout JSONReader) throws(JSONFault) -> Value?
    ) throws(JSONFault) -> Value? {
        position = union.start
        depth = union.depth
        let value = try read(&self)
        guard let value, violations.count == union.mark else {
            setAside(&union)
            return nil
        }
        union.matches += 1
        union.end = position
        return value
    }

    @usableFromInline mutating func setAside(_ union: inout JSONUnion) {
        union.closest.take(violations.list[union.mark...], violations.isTruncated)
        violations.forget(after: union.mark, wasTruncated: union.wasTruncated)
    }

    /// Moves past the value. Adds a violation if no alternative matched, or if several did and only one may.
    ///
    /// If none matched but one was evidently meant, its violations are listed.
    @inlinable public mutating func finish(_ union: JSONUnion, isExclusive: Bool) throws(JSONFault) -> Bool {
        if union.matches == 1 || union.matches > 1 && !isExclusive {
            position = union.end
            return true
        }
        position = union.start
        depth = union.depth
        try skip()
        refuse(union, isExclusive)
        return false
    }

    @usableFromInline mutating func refuse(_ union: JSONUnion, _ isExclusive: Bool) {
        if union.matches == 0, union.closest.isOnlyOne { return violations.append(union.closest.violations) }
        let detail = union.matches == 0 ? "No alternative of the schema matches." : "More than one alternative matches."
        violate(isExclusive ? "one-of" : "any-of", detail)
    }

    /// Reads the discriminator of an object: the text of the member `name`. The object is read afterwards.
    ///
    /// Anything but one of `tags` is a violation, and the value is skipped.
    public mutating func tag(_ name: StaticString, of tags: [StaticString]) throws(JSONFault) -> String {
        skipSpace()
        let (start, outside) = (position, depth)
        guard var object = try object() else { return "" }
        var found: String?
        while let member = try member(&object) {
            if case name = member, here == UInt8(ascii: "\"") || isSpaceBeforeText {
                found = try text()
            } else {
                try skip()
            }
        }
        if let found, tags.contains(where: { $0.equals(found) }) {
            position = start
            depth = outside
            return found
        }
        let expected = tags.map { "\($0)" }.joined(separator: ", ")
        violate(member: "\(name)", found == nil ? "required" : "enum", "Expected one of: \(expected).")
        return ""
    }

    private var isSpaceBeforeText: Bool {
        var ahead = self
        ahead.skipSpace()
        return ahead.here == UInt8(ascii: "\"")
    }

    /// Reads a value that must be one of a list.
    public mutating func chosen<Value: Equatable>(
        _ code: StaticString, _ allowed: [Value], _ read: (inout JSONReader) throws(JSONFault) -> Value?
    ) throws(JSONFault) -> Value? {
        guard let value = try read(&self) else { return nil }
        if allowed.contains(value) { return value }
        violate(
            "\(code)",
            "Expected \(allowed.count == 1 ? "" : "one of: ")\(allowed.map { "\($0)" }.joined(separator: ", ")).")
        return nil
    }

    /// Reads a string that must be one of a list. Compares code points; Swift's `==` compares canonical equivalence.
    public mutating func chosen(
        _ code: StaticString, _ allowed: [String], _ read: (inout JSONReader) throws(JSONFault) -> String?
    ) throws(JSONFault) -> String? {
        guard let value = try read(&self) else { return nil }
        if allowed.contains(where: { $0.utf8.elementsEqual(value.utf8) }) { return value }
        violate(
            "\(code)", "Expected \(allowed.count == 1 ? "" : "one of: ")\(allowed.joined(separator: ", ")).")
        return nil
    }

    /// Reads a string that is a case of an enum.
    @inlinable public mutating func choice<Value: RawRepresentable>(
        _ type: Value.Type, _ expected: StaticString
    ) throws(JSONFault) -> Value? where Value.RawValue == String {
        try parsed("enum", expected) { bytes in
            let value = Value(rawValue: String(decoding: bytes, as: UTF8.self))
            return value.flatMap { $0.rawValue.utf8.elementsEqual(bytes) ? $0 : nil }
        }
    }

    /// Reads a value of any type that must be one of a list, given as JSON.
    public mutating func chosen(_ code: StaticString, json texts: [String]) throws(JSONFault) -> JSONValue? {
        var ahead = self
        guard let value = try JSONValue.read(&self) else { return nil }
        let wanted = try JSONCanonical.bytes(&ahead)
        if texts.contains(where: { JSONCanonical.bytes(of: $0) == wanted }) { return value }
        violate("\(code)", "Expected one of: \(texts.joined(separator: ", ")).")
        return nil
    }

    /// Reads a value or null.
    @inlinable public mutating func nullable<Value>(
        _ read: (inout JSONReader) throws(JSONFault) -> Value?
    ) throws(JSONFault) -> Value?? {
        if try null() { return .some(.none) }
        guard let value = try read(&self) else { return .none }
        return .some(value)
    }

    /// Reads an object whose member names are data.
    @inlinable public mutating func dictionary<Value>(
        _ read: (inout JSONReader) throws(JSONFault) -> Value?
    ) throws(JSONFault) -> [String: Value]? {
        guard var object = try object() else { return nil }
        let mark = violations.count
        var values: [String: Value] = [:]
        while try member(&object) != nil {
            try onceByName(&object)
            let name = name(of: object)
            if let value = try read(&self) { values[name] = value }
        }
        return violations.count == mark ? values : nil
    }

    /// Rejects a member that is read-only (only in responses), and skips its value.
    public mutating func readOnly(_ object: inout JSONObject) throws(JSONFault) {
        try onceByName(&object)
        try skip()
        violate("read-only", "This member is read-only: it appears only in responses.")
    }

    /// Adds a violation for each missing member of `names`; for objects of more than 64 properties.
    public mutating func requireAll(_ object: JSONObject, _ names: [(Int, String)]) {
        missing(object, names)
    }
}
