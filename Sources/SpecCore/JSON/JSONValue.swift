/// Any JSON value: the type of a schema without a type.
public enum JSONValue: Sendable, Equatable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object([Member])

    /// A member of an object; the order is preserved.
    public struct Member: Sendable, Equatable {
        public let name: String
        public let value: JSONValue

        public init(_ name: String, _ value: JSONValue) {
            self.name = name
            self.value = value
        }
    }
}

extension JSONValue {
    /// Parses the value at the current position; with `keeping` false only its syntax is checked.
    static func parse(_ json: inout JSONReader, keeping: Bool) throws(JSONFault) -> JSONValue {
        json.skipSpace()
        switch json.here {
        case UInt8(ascii: "{"): return .object(try members(&json, keeping))
        case UInt8(ascii: "["): return .array(try items(&json, keeping))
        case UInt8(ascii: "\""):
            let span = try json.stringSpan()
            return keeping ? .string(json.unescaped(span)) : .null
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool(try json.bool() ?? false)
        case UInt8(ascii: "n"):
            try json.literal("null")
            return .null
        default:
            let span = try json.numberSpan()
            if let integer = span.integer { return .integer(integer) }
            let number = json.double(span)
            guard number.isFinite else { throw JSONFault("the number does not fit a double", at: span.start) }
            return .number(number)
        }
    }

    private static func members(_ json: inout JSONReader, _ keeping: Bool) throws(JSONFault) -> [Member] {
        guard var object = try json.object() else { return [] }
        var members: [Member] = []
        while try json.member(&object) != nil {
            try json.onceByName(&object)
            let name = json.name(of: object)
            let value = try parse(&json, keeping: keeping)
            if keeping { members.append(Member(name, value)) }
        }
        return members
    }

    private static func items(_ json: inout JSONReader, _ keeping: Bool) throws(JSONFault) -> [JSONValue] {
        guard var items = try json.array() else { return [] }
        var values: [JSONValue] = []
        while try json.item(&items) {
            let value = try parse(&json, keeping: keeping)
            if keeping { values.append(value) }
        }
        return values
    }

    /// True if the items of the array that starts at `start` (past its bracket) are unique.
    @usableFromInline static func areUnique(in reader: JSONReader, from start: Int) -> Bool {
        var json = reader
        json.position = start - 1
        guard var items = try? json.array() else { return true }
        var seen: Set<[UInt8]> = []
        while (try? json.item(&items)) == true {
            guard let bytes = try? JSONCanonical.bytes(&json) else { return true }
            if !seen.insert(bytes).inserted { return false }
        }
        return true
    }
}

extension JSONValue: JSONReadable, JSONWritable {
    public static func read(_ json: inout JSONReader) throws(JSONFault) -> JSONValue? {
        try parse(&json, keeping: true)
    }

    public func write(to json: inout JSONWriter) {
        switch self {
        case .null: json.null()
        case .bool(let flag): json.bool(flag)
        case .integer(let number): json.integer(number)
        case .number(let number): json.number(number)
        case .string(let text): json.text(text)
        case .array(let items):
            json.beginArray()
            for item in items {
                json.element()
                item.write(to: &json)
            }
            json.endArray()
        case .object(let members):
            json.beginObject()
            for member in members {
                json.key(text: member.name)
                member.value.write(to: &json)
            }
            json.endObject()
        }
    }
}
