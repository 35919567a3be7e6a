/// The value of a placeholder in a query.
public enum SQLValue: Sendable, Hashable {
    case null
    case bool(Bool)
    case integer(Int64)
    case real(Double)
    case text(String)
    case bytes([UInt8])
    /// `uuid` on PostgreSQL, 16 bytes on SQLite.
    case identifier(Identifier)
    /// `timestamptz` on PostgreSQL, milliseconds since 1970 as an integer on SQLite.
    case timestamp(Timestamp)
    /// A table with the columns `value` and `ordinal` on both engines: an array on PostgreSQL, the table-valued function
    /// `spec_list` on SQLite.
    case list(SQLList)
}

/// A Swift type that can be stored in a column.
public protocol SQLConvertible: Sendable {
    /// The value for a placeholder.
    var sqlValue: SQLValue { get }
    /// Reads the column at `index`; throws ``StoreError/column(_:)`` if it holds another type.
    static func read(_ row: any RowColumns, at index: Int) throws -> Self
}

/// The columns of the current row of a query, read by position from 0.
///
/// Each engine has its own; a value is valid only inside the closure that receives it.
public protocol RowColumns {
    func isNull(_ index: Int) -> Bool
    func bool(_ index: Int) throws -> Bool
    func integer(_ index: Int) throws -> Int64
    func real(_ index: Int) throws -> Double
    func text(_ index: Int) throws -> String
    func bytes(_ index: Int) throws -> [UInt8]
    func identifier(_ index: Int) throws -> Identifier
    func timestamp(_ index: Int) throws -> Timestamp
}

extension Bool: SQLConvertible {
    public var sqlValue: SQLValue { .bool(self) }
    public static func read(_ row: any RowColumns, at index: Int) throws -> Bool { try row.bool(index) }
}

extension Int: SQLConvertible {
    public var sqlValue: SQLValue { .integer(Int64(self)) }
    public static func read(_ row: any RowColumns, at index: Int) throws -> Int { Int(try row.integer(index)) }
}

extension Int64: SQLConvertible {
    public var sqlValue: SQLValue { .integer(self) }
    public static func read(_ row: any RowColumns, at index: Int) throws -> Int64 { try row.integer(index) }
}

extension Double: SQLConvertible {
    public var sqlValue: SQLValue { .real(self) }
    public static func read(_ row: any RowColumns, at index: Int) throws -> Double { try row.real(index) }
}

extension String: SQLConvertible {
    public var sqlValue: SQLValue { .text(self) }
    public static func read(_ row: any RowColumns, at index: Int) throws -> String { try row.text(index) }
}

extension [UInt8]: SQLConvertible {
    public var sqlValue: SQLValue { .bytes(self) }
    public static func read(_ row: any RowColumns, at index: Int) throws -> [UInt8] { try row.bytes(index) }
}

extension Identifier: SQLConvertible {
    public var sqlValue: SQLValue { .identifier(self) }
    public static func read(_ row: any RowColumns, at index: Int) throws -> Identifier { try row.identifier(index) }
}

extension Timestamp: SQLConvertible {
    public var sqlValue: SQLValue { .timestamp(self) }
    public static func read(_ row: any RowColumns, at index: Int) throws -> Timestamp { try row.timestamp(index) }
}

extension Optional: SQLConvertible where Wrapped: SQLConvertible {
    public var sqlValue: SQLValue { self?.sqlValue ?? .null }
    public static func read(_ row: any RowColumns, at index: Int) throws -> Wrapped? {
        row.isNull(index) ? nil : try Wrapped.read(row, at: index)
    }
}
