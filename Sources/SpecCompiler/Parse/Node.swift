package import SpecValues

/// A value of a YAML or JSON document, with the range it was written in.
///
/// Aliases share one node, so a document is a graph without cycles (a self-containing alias is an error).
package final class Node: Sendable {
    package enum Value: Sendable {
        case null
        case bool(Bool)
        case integer(Int)
        /// A number that is not an `Int`; `text` is the number as written, for exact comparisons.
        case number(Double, text: String)
        case string(String)
        case sequence([Node])
        case mapping([Member])
    }

    /// A key of a mapping and its value. Keys are unique and plain text.
    package struct Member: Sendable {
        package let key: String
        package let keyLocation: Location
        package let value: Node

        package init(key: String, keyLocation: Location, value: Node) {
            self.key = key
            self.keyLocation = keyLocation
            self.value = value
        }
    }

    package let value: Value
    package let location: Location
    /// The indexes of the members by key, if there are too many to search.
    private let places: [[UInt8]: Int]?

    package init(_ value: Value, at location: Location) {
        self.value = value
        self.location = location
        if case .mapping(let members) = value, members.count > Self.searchedMembersMax {
            places = Dictionary(
                members.enumerated().map { (Array($1.key.utf8), $0) }, uniquingKeysWith: { first, _ in first })
        } else {
            places = nil
        }
    }

    /// The maximum number of members searched one by one, which is faster than hashing the key.
    private static let searchedMembersMax = 16

    package func member(_ key: String) -> Member? {
        if let places { return places[Array(key.utf8)].map { members[$0] } }
        return members.first { $0.key.isSame(as: key) }
    }
}

extension Node {
    /// The members, or an empty list if this is not a mapping.
    package var members: [Member] {
        if case .mapping(let members) = value { members } else { [] }
    }

    /// The items, or an empty list if this is not a sequence.
    package var items: [Node] {
        if case .sequence(let items) = value { items } else { [] }
    }

    package var string: String? {
        if case .string(let text) = value { text } else { nil }
    }

    /// The value of a whole number, or nil; `2.0` is one too (JSON Schema 2020-12, 4.2.3).
    package var integer: Int? {
        switch value {
        case .integer(let number): number
        case .number: exact?.integer(as: Int.self)
        default: nil
        }
    }

    /// The number by its digits; nil for infinity and for what is not a number.
    package var exact: ExactNumber? {
        switch value {
        case .integer(let number): ExactNumber(number)
        case .number(_, let text): ExactNumber(text)
        default: nil
        }
    }

    package var number: Double? {
        switch value {
        case .integer(let number): Double(number)
        case .number(let number, _): number
        default: nil
        }
    }

    package var bool: Bool? {
        if case .bool(let flag) = value { flag } else { nil }
    }

    package var isNull: Bool {
        if case .null = value { true } else { false }
    }

    package var isMapping: Bool {
        if case .mapping = value { true } else { false }
    }

    package var isSequence: Bool {
        if case .sequence = value { true } else { false }
    }

    /// The word for this value's type in messages: "a mapping", "text", "an integer" …
    package var kind: String {
        switch value {
        case .null: "null"
        case .bool: "a boolean"
        case .integer: "an integer"
        case .number: "a number"
        case .string: "text"
        case .sequence: "a list"
        case .mapping: "a mapping"
        }
    }

    /// The value of the member of that name.
    package subscript(key: String) -> Node? {
        member(key)?.value
    }
}

extension String {
    /// True for the same code points; Swift's `==` is canonical equivalence.
    func isSame(as other: String) -> Bool {
        guard self == other, utf8.count == other.utf8.count else { return false }
        // Only ASCII has as many bytes as UTF-16 units, and nothing of as many bytes is equivalent to it.
        return other.utf8.count == other.utf16.count || utf8.elementsEqual(other.utf8)
    }
}
