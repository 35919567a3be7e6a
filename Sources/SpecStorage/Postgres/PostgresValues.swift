import CPostgres
import SpecCore

/// The values of one statement in PostgreSQL's binary format, one after the other. The buffers are reused.
struct PostgresValues {
    /// 2000-01-01, the epoch of PostgreSQL's timestamps.
    static let epochMilliseconds: Int64 = 946_684_800_000

    private var bytes: [UInt8] = []
    /// The start of each value; -1 for NULL.
    private var starts: [Int] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []

    mutating func set(_ values: [SQLValue]) {
        clear()
        for value in values { append(value) }
    }

    /// Sets one array for each column of the keys, whose values have the same type.
    mutating func set(arraysOf keys: [[SQLValue]]) {
        clear()
        for column in (keys.first ?? []).indices { append(array: keys.map { $0[column] }) }
    }

    private mutating func append(array: [SQLValue]) {
        begin()
        guard let type = array.first(where: { $0 != .null })?.objectID else { return appendNulls(array.count) }
        writeHead(type, count: array.count)
        for element in array { writeElement { if element == .null { false } else { $0.writeInArray(element) } } }
        end()
    }

    /// Writes the head of an array in the binary format: dimensions, a flag for nulls, the element type, the length,
    /// and the index of the first element.
    private mutating func writeHead(_ type: Int32, count: Int) {
        for word in count == 0 ? [0, 0, type] : [1, 1, type, Int32(count), 1] { write(word) }
    }

    /// Writes an element after its length.
    /// - Parameter body: writes the element; false: it is null.
    private mutating func writeElement(_ body: (inout PostgresValues) -> Bool) {
        let place = bytes.count
        write(Int32(-1))
        guard body(&self) else { return }
        let count = UInt32(bytes.count - place - 4)
        for index in 0..<4 { bytes[place + index] = UInt8(truncatingIfNeeded: count >> UInt32(24 - index * 8)) }
    }

    /// Writes a value as an element; a list as its literal, because arrays of different lengths cannot be nested.
    private mutating func writeInArray(_ value: SQLValue) -> Bool {
        if case .list(let list) = value { ArrayLiteral.write(list, to: &bytes) } else { write(value) }
        return true
    }

    private mutating func write(_ list: SQLList) {
        writeHead(list.elementID, count: list.count)
        switch list {
        case .identifiers(let list): for element in list { writeWhole(.identifier(element)) }
        case .texts(let list): for element in list { writeWhole(.text(element)) }
        case .integers(let list): for element in list { writeWhole(.integer(element)) }
        case .timestamps(let list): for element in list { writeWhole(.timestamp(element)) }
        }
    }

    private mutating func writeWhole(_ value: SQLValue) {
        writeElement {
            $0.write(value)
            return true
        }
    }

    /// Appends nulls as a text array: the binary format requires the element type, which a null does not have.
    private mutating func appendNulls(_ count: Int) {
        bytes.append(contentsOf: "{\(repeatElement("NULL", count: count).joined(separator: ","))}\0".utf8)
        end(format: 0)
    }

    /// Calls `body` with the lists that libpq requires.
    func withLists(
        _ body: (
            Int32, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?
        ) -> Int32
    ) -> Int32 {
        bytes.withUnsafeBytes { buffer in
            // An empty value needs an address too: a null pointer means NULL.
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
        case .list(let list): write(list)
        }
    }

    private mutating func write(_ number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }

    // MARK: Times

    /// The range of PostgreSQL's timestamps, 4713 BC to 294276, in microseconds since 2000.
    private static let finite: Range<Int64> = -211_813_488_000_000_000..<9_223_371_331_200_000_000

    /// Microseconds since 2000; -infinity or infinity outside of PostgreSQL's range.
    static func microseconds(_ time: Timestamp) -> Int64 {
        let (since2000, isTooEarly) = time.milliseconds.subtractingReportingOverflow(epochMilliseconds)
        if isTooEarly { return .min }
        let (value, isTooFar) = since2000.multipliedReportingOverflow(by: 1_000)
        if isTooFar { return since2000 < 0 ? .min : .max }
        return finite.contains(value) ? value : value < 0 ? .min : .max
    }

    static func time(microseconds: Int64) -> Timestamp {
        if microseconds == .min || microseconds == .max { return Timestamp(milliseconds: microseconds) }
        // Rounded down: the remainder of a negative number is negative.
        let (quotient, remainder) = microseconds.quotientAndRemainder(dividingBy: 1_000)
        return Timestamp(milliseconds: (remainder < 0 ? quotient - 1 : quotient).saturatingAdding(epochMilliseconds))
    }
}

extension SQLList {
    /// PostgreSQL's id of the elements' type.
    fileprivate var elementID: Int32 {
        switch self {
        case .identifiers: 2950
        case .texts: 25
        case .integers: 20
        case .timestamps: 1184
        }
    }
}

extension SQLValue {
    /// PostgreSQL's id of the type (`pg_type.oid`), the same in every database. A list inside an array is its literal.
    fileprivate var objectID: Int32 {
        switch self {
        case .null: 0
        case .bool: 16
        case .bytes: 17
        case .integer: 20
        case .text, .list: 25
        case .real: 701
        case .timestamp: 1184
        case .identifier: 2950
        }
    }
}
