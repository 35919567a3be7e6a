/// The words of a text column as a Swift type. Generated for columns of the type `enum(…)`.
public protocol SQLEnum: SQLConvertible, Hashable, CaseIterable, RawRepresentable where RawValue == String {}

extension SQLEnum {
    @inlinable public var sqlValue: SQLValue { .text(rawValue) }

    /// Reads the column at `index`; throws ``StoreError/column(_:)`` if it holds another word.
    public static func read(_ row: any RowColumns, at index: Int) throws -> Self {
        let word = try row.text(index)
        guard let value = Self(rawValue: word) else {
            let words = allCases.map(\.rawValue).joined(separator: ", ")
            throw StoreError.column("the column \(index + 1) holds '\(word)', which is none of: \(words)")
        }
        return value
    }
}
