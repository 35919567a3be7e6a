import CPostgres
import SpecCore

/// The values of one statement in PostgreSQL's binary format, one behind the other. Used again and again.
struct PostgresValues {
    /// 2000-01-01, from which PostgreSQL counts microseconds.
    static let epochMilliseconds: Int64 = 946_684_800_000

    private var bytes: [UInt8] = []
    /// Where each value begins; -1 for NULL.
    private var starts: [Int] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []

    mutating func set(_ values: [SQLValue]) {
        clear()
        for value in values { append(value) }
    }

    /// An array for each column of the keys, which have values of one kind each.
    mutating func set(arraysOf keys: [[SQLValue]]) {
        clear()
        for column in (keys.first ?? []).indices { append(array: keys.map { $0[column] }) }
    }

    private mutating func append(array: [SQLValue]) {
        begin()
        guard let type = array.first(where: { $0 != .null })?.objectID else { return appendNulls(array.count) }
        // Dimensions, whether there are nulls, the elements' type; how many, and the index of the first.
        for word in [1, 1, type, Int32(array.count), 1] as [Int32] { write(word) }
        for element in array {
            let place = bytes.count
            write(element == .null ? Int32(-1) : 0)
            guard element != .null else { continue }
            write(element)
            let count = UInt32(bytes.count - place - 4)
            for index in 0..<4 { bytes[place + index] = UInt8(truncatingIfNeeded: count >> UInt32(24 - index * 8)) }
        }
        end()
    }

    /// The binary format wants the elements' type, which no null tells; the text needs none.
    private mutating func appendNulls(_ count: Int) {
        bytes.append(contentsOf: "{\(repeatElement("NULL", count: count).joined(separator: ","))}\0".utf8)
        end(format: 0)
    }

    /// Calls `body` with the lists that libpq takes.
    func withLists(
        _ body: (
            Int32, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?
        ) -> Int32
    ) -> Int32 {
        bytes.withUnsafeBytes { buffer in
            // An empty value needs an address too: a null pointer is NULL.
            let base = buffer.bindMemory(to: CChar.self).baseAddress
            return withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: starts.count) { pointers in
                for (index, start) in starts.enumerated() {
                    pointers.initializeElement(at: index, to: start < 0 ? nil : base.map { $0 + start })
                }
                return lengths.withUnsafeBufferPointer { lengths in
                    formats.withUnsafeBufferPointer { formats in
                        body(Int32(starts.count), pointers.baseAddress, lengths.baseAddress, formats.baseAddress)
                    }
                }
            }
        }
    }

    private mutating func clear() {
        bytes.removeAll(keepingCapacity: true)
        starts.removeAll(keepingCapacity: true)
        lengths.removeAll(keepingCapacity: true)
        formats.removeAll(keepingCapacity: true)
        bytes.append(0)
    }

    private mutating func append(_ value: SQLValue) {
        begin()
        if value == .null { starts[starts.count - 1] = -1 } else { write(value) }
        end()
    }

    private mutating func begin() { starts.append(bytes.count) }

    private mutating func end(format: Int32 = 1) {
        let start = starts[starts.count - 1]
        lengths.append(start < 0 ? 0 : Int32(bytes.count - start))
        formats.append(format)
    }

    private mutating func write(_ value: SQLValue) {
        switch value {
        case .null: break
        case .bool(let flag): bytes.append(flag ? 1 : 0)
        case .integer(let number): write(number)
        case .real(let number): write(Int64(bitPattern: number.bitPattern))
        case .text(let text): bytes.append(contentsOf: text.utf8)
        case .bytes(let value): bytes.append(contentsOf: value)
        case .identifier(let identifier):
            write(identifier.high)
            write(identifier.low)
        case .timestamp(let time): write(PostgresValues.microseconds(time))
        }
    }

    private mutating func write(_ number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }

    // MARK: Times

    /// The years that PostgreSQL knows, 4713 BC to 294276, in microseconds since 2000.
    private static let finite: Range<Int64> = -211_813_488_000_000_000..<9_223_371_331_200_000_000

    /// What lies outside of PostgreSQL's years is earlier or later than all of them.
    static func microseconds(_ time: Timestamp) -> Int64 {
        let (since2000, isTooEarly) = time.milliseconds.subtractingReportingOverflow(epochMilliseconds)
        if isTooEarly { return .min }
        let (value, isTooFar) = since2000.multipliedReportingOverflow(by: 1_000)
        if isTooFar { return since2000 < 0 ? .min : .max }
        return finite.contains(value) ? value : value < 0 ? .min : .max
    }

    static func time(microseconds: Int64) -> Timestamp {
        if microseconds == .min || microseconds == .max { return Timestamp(milliseconds: microseconds) }
        let milliseconds = microseconds >= 0 ? microseconds / 1_000 : (microseconds - 999) / 1_000
        return Timestamp(milliseconds: milliseconds + epochMilliseconds)
    }
}

extension SQLValue {
    /// The number that PostgreSQL has for the type (`pg_type.oid`), the same in every database.
    fileprivate var objectID: Int32 {
        switch self {
        case .null: 0
        case .bool: 16
        case .bytes: 17
        case .integer: 20
        case .text: 25
        case .real: 701
        case .timestamp: 1184
        case .identifier: 2950
        }
    }
}
