public import SpecCore

extension JSONValue {
    /// The canonical text of the value: members sorted, numbers by value (JSON Schema 2020-12, 4.2.2).
    public var canonicalText: String {
        switch self {
        case .null: "null"
        case .bool(let flag): flag ? "true" : "false"
        case .integer(let number): "\(number)"
        case .number(let number): Int64(exactly: number).map { "\($0)" } ?? "\(number)"
        case .string(let text): text.debugDescription
        case .array(let items): "[" + items.map(\.canonicalText).joined(separator: ",") + "]"
        case .object(let members):
            "{"
                + members.map { $0.name.debugDescription + ":" + $0.value.canonicalText }.sorted()
                .joined(separator: ",") + "}"
        }
    }
}
