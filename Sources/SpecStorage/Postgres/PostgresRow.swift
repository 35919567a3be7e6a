import CPostgres
import SpecCore

/// A row of a result in PostgreSQL's binary format.
struct PostgresRow: RowColumns {
    let result: OpaquePointer
    let row: Int32

    /// All rows of a result.
    static func all<Row>(of result: OpaquePointer, _ read: (any RowColumns) throws -> Row) throws -> [Row] {
        try all(of: result, 0..<PQntuples(result), read)
    }

    /// Some rows of a result.
    static func all<Row>(
        of result: OpaquePointer, _ numbers: Range<Int32>, _ read: (any RowColumns) throws -> Row
    ) throws -> [Row] {
        guard !numbers.isEmpty else { return [] }
        var rows: [Row] = []
        rows.reserveCapacity(numbers.count)
        for row in numbers { rows.append(try read(PostgresRow(result: result, row: row))) }
        return rows
    }

    func isNull(_ index: Int) -> Bool { PQgetisnull(result, row, Int32(index)) == 1 }

    func bool(_ index: Int) throws -> Bool {
        try value(index, "true or false", [16])[0] != 0
    }

    func integer(_ index: Int) throws -> Int64 {
        let bytes = try value(index, "an integer", [20, 23, 21])
        switch bytes.count {
        case 8: return Int64(bigEndian: bytes.loadUnaligned(as: Int64.self))
        case 4: return Int64(Int32(bigEndian: bytes.loadUnaligned(as: Int32.self)))
        default: return Int64(Int16(bigEndian: bytes.loadUnaligned(as: Int16.self)))
        }
    }

    func real(_ index: Int) throws -> Double {
        let bytes = try value(index, "a number", [701])
        return Double(bitPattern: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)))
    }

    func text(_ index: Int) throws -> String {
        String(decoding: try value(index, "text", [25, 1043, 19]), as: UTF8.self)
    }

    func bytes(_ index: Int) throws -> [UInt8] { Array(try value(index, "bytes", [17])) }

    func identifier(_ index: Int) throws -> Identifier {
        let bytes = try value(index, "a uuid", [2950])
        return Identifier(
            high: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
            low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
    }

    func timestamp(_ index: Int) throws -> Timestamp {
        let bytes = try value(index, "a time", [1184])
        return PostgresValues.time(microseconds: Int64(bigEndian: bytes.loadUnaligned(as: Int64.self)))
    }

    /// The bytes of a column that has one of these types (`pg_type.oid`); valid as long as the result.
    private func value(_ index: Int, _ expected: String, _ types: [Oid]) throws -> UnsafeRawBufferPointer {
        let column = Int32(index)
        guard types.contains(PQftype(result, column)), !isNull(index) else {
            let name = PQfname(result, column).map { String(cString: $0) } ?? "\(index)"
            throw StoreError.column("the column \(name) does not hold \(expected)")
        }
        return UnsafeRawBufferPointer(
            start: PQgetvalue(result, row, column), count: Int(PQgetlength(result, row, column)))
    }
}
