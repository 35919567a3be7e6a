import CPostgres
import SpecCore

/// A row of a result in PostgreSQL's binary format.
///
/// Fits into an existential without a heap allocation.
struct PostgresRow: RowColumns {
    private let result: OpaquePointer
    /// The types of the columns (`pg_type.oid`), the same for every row of the result.
    private let types: UnsafePointer<Oid>
    private let columnCount: Int32
    private let row: Int32

    /// Reads all rows of a result.
    static func all<Row>(of result: OpaquePointer, _ read: (any RowColumns) throws -> Row) throws -> [Row] {
        try all(of: result, 0..<PQntuples(result), read)
    }

    /// Reads some rows of a result.
    static func all<Row>(
        of result: OpaquePointer, _ numbers: Range<Int32>, _ read: (any RowColumns) throws -> Row
    ) throws -> [Row] {
        guard !numbers.isEmpty else { return [] }
        let columnCount = PQnfields(result)
        // Room for one more type: a row may have no columns, and the buffer still needs an address.
        return try withUnsafeTemporaryAllocation(of: Oid.self, capacity: Int(columnCount) + 1) { types in
            for column in 0..<columnCount { types.initializeElement(at: Int(column), to: PQftype(result, column)) }
            let types = UnsafePointer(types.baseAddress!)
            return try [Row](unsafeUninitializedCapacity: numbers.count) { rows, readCount in
                for row in numbers {
                    let columns = PostgresRow(result: result, types: types, columnCount: columnCount, row: row)
                    rows.initializeElement(at: readCount, to: try read(columns))
                    readCount += 1
                }
            }
        }
    }

    func isNull(_ index: Int) -> Bool { PQgetisnull(result, row, Int32(index)) == 1 }

    func bool(_ index: Int) throws -> Bool {
        try fixed(index, "true or false", 16, as: UInt8.self) != 0
    }

    func integer(_ index: Int) throws -> Int64 {
        switch columnType(index) {
        case 20: Int64(bigEndian: try fixed(index, "an integer", 20, as: Int64.self))
        case 23: Int64(Int32(bigEndian: try fixed(index, "an integer", 23, as: Int32.self)))
        default: Int64(Int16(bigEndian: try fixed(index, "an integer", 21, as: Int16.self)))
        }
    }

    func real(_ index: Int) throws -> Double {
        Double(bitPattern: UInt64(bigEndian: try fixed(index, "a number", 701, as: UInt64.self)))
    }

    func text(_ index: Int) throws -> String {
        switch columnType(index) {
        case 25, 1043, 19: String(decoding: try value(index, "text"), as: UTF8.self)
        default: throw mismatch(index, "text")
        }
    }

    func bytes(_ index: Int) throws -> [UInt8] {
        guard columnType(index) == 17 else { throw mismatch(index, "bytes") }
        return Array(try value(index, "bytes"))
    }

    func identifier(_ index: Int) throws -> Identifier {
        let words = try fixed(index, "a uuid", 2950, as: SIMD2<UInt64>.self)
        return Identifier(high: UInt64(bigEndian: words[0]), low: UInt64(bigEndian: words[1]))
    }

    func timestamp(_ index: Int) throws -> Timestamp {
        PostgresValues.time(microseconds: Int64(bigEndian: try fixed(index, "a time", 1184, as: Int64.self)))
    }

    // MARK: Values

    /// The type of a column, or 0, which is not a type, if there is no such column.
    private func columnType(_ index: Int) -> Oid { index >= 0 && index < Int(columnCount) ? types[index] : 0 }

    /// Reads a value of a fixed-size type; throws for NULL.
    @inline(__always) private func fixed<Word: BitwiseCopyable>(
        _ index: Int, _ expected: StaticString, _ wanted: Oid, as: Word.Type
    ) throws -> Word {
        guard columnType(index) == wanted, PQgetlength(result, row, Int32(index)) == Int32(MemoryLayout<Word>.size),
            let start = PQgetvalue(result, row, Int32(index))
        else { throw mismatch(index, expected) }
        return UnsafeRawPointer(start).loadUnaligned(as: Word.self)
    }

    /// The bytes of a value of any size; valid as long as the result.
    private func value(_ index: Int, _ expected: StaticString) throws -> UnsafeRawBufferPointer {
        let length = PQgetlength(result, row, Int32(index))
        // NULL has the same length as an empty value.
        guard length > 0 || !isNull(index), let start = PQgetvalue(result, row, Int32(index)) else {
            throw mismatch(index, expected)
        }
        return UnsafeRawBufferPointer(start: start, count: Int(length))
    }

    private func mismatch(_ index: Int, _ expected: StaticString) -> StoreError {
        let name = PQfname(result, Int32(index)).map { String(cString: $0) } ?? "\(index)"
        return .column("the column \(name) does not hold \(expected)")
    }
}
