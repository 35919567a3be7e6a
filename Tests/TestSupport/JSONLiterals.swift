package import SpecCore

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByNilLiteral, ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    package init(stringLiteral value: String) { self = .string(value) }
    package init(integerLiteral value: Int64) { self = .integer(value) }
    package init(booleanLiteral value: Bool) { self = .bool(value) }
    package init(nilLiteral: ()) { self = .null }
    package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(elements.map { Member($0.0, $0.1) })
    }
}

extension JSONValue {
    /// Parses a JSON text; nil if it is invalid.
    package static func parse(_ bytes: [UInt8]) -> JSONValue? {
        var violations = Violations()
        return bytes.withUnsafeBufferPointer { try? JSONReader.decode(JSONValue.self, from: $0, &violations) }
    }

    /// The JSON text.
    package var text: String {
        var json = JSONWriter()
        write(to: &json)
        return json.text()
    }

    /// A member of an object; null if there is none.
    package subscript(_ name: String) -> JSONValue {
        guard case .object(let members) = self else { return .null }
        return members.first { $0.name == name }?.value ?? .null
    }

    /// An item of a list; null if there is none.
    package subscript(_ index: Int) -> JSONValue {
        guard case .array(let items) = self, items.indices.contains(index) else { return .null }
        return items[index]
    }

    package var string: String? { if case .string(let text) = self { text } else { nil } }
    package var integer: Int64? { if case .integer(let number) = self { number } else { nil } }
    package var items: [JSONValue] { if case .array(let items) = self { items } else { [] } }
    package var members: [Member] { if case .object(let members) = self { members } else { [] } }
    package var names: [String] { members.map(\.name) }
    package func has(_ name: String) -> Bool { members.contains { $0.name == name } }

    /// The same object with a member changed, or removed if the value is nil.
    package func with(_ name: String, _ value: JSONValue?) -> JSONValue {
        let kept = members.filter { $0.name != name }
        return .object(kept + (value.map { [Member(name, $0)] } ?? []))
    }
}
