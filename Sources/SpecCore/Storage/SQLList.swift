/// The value of a list parameter: elements of one type, none of them null.
public enum SQLList: Sendable, Hashable {
    case identifiers([Identifier])
    case texts([String])
    case integers([Int64])
    case timestamps([Timestamp])

    /// The number of elements.
    @inlinable public var count: Int {
        switch self {
        case .identifiers(let list): list.count
        case .texts(let list): list.count
        case .integers(let list): list.count
        case .timestamps(let list): list.count
        }
    }
}

/// An element of a list parameter.
public protocol SQLListElement: Sendable {
    /// The list of these elements.
    static func sqlList(_ elements: [Self]) -> SQLList
}

extension Identifier: SQLListElement {
    @inlinable public static func sqlList(_ elements: [Identifier]) -> SQLList { .identifiers(elements) }
}

extension String: SQLListElement {
    @inlinable public static func sqlList(_ elements: [String]) -> SQLList { .texts(elements) }
}

extension Int64: SQLListElement {
    @inlinable public static func sqlList(_ elements: [Int64]) -> SQLList { .integers(elements) }
}

extension Timestamp: SQLListElement {
    @inlinable public static func sqlList(_ elements: [Timestamp]) -> SQLList { .timestamps(elements) }
}

extension Array where Element: SQLListElement {
    /// The value for a placeholder.
    @inlinable public var sqlValue: SQLValue { .list(Element.sqlList(self)) }
}
