import SpecCore

/// The text of an array in PostgreSQL's syntax, such as `{"a","b"}`.
enum ArrayLiteral {
    static func write(_ list: SQLList, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "{"))
        switch list {
        case .identifiers(let list): write(list, to: &bytes) { $1.append(contentsOf: "\($0)".utf8) }
        case .integers(let list): write(list, to: &bytes) { $1.append(contentsOf: "\($0)".utf8) }
        case .timestamps(let list): write(list, to: &bytes) { $1.append(contentsOf: text(of: $0).utf8) }
        case .texts(let list): write(list, to: &bytes, quoted)
        }
        bytes.append(UInt8(ascii: "}"))
    }

    private static func write<Element>(
        _ list: [Element], to bytes: inout [UInt8], _ element: (Element, inout [UInt8]) -> Void
    ) {
        for (index, value) in list.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            element(value, &bytes)
        }
    }

    /// Quotes and backslashes are escaped by a backslash.
    private static func quoted(_ text: String, _ bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { bytes.append(UInt8(ascii: "\\")) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// The years 1 to 9999, which RFC 3339 can write.
    private static let written: Range<Int64> = -62_135_596_800_000..<253_402_300_800_000

    private static func text(of time: Timestamp) -> String {
        if written.contains(time.milliseconds) { return "\"\(time)\"" }
        return time.milliseconds < 0 ? "-infinity" : "infinity"
    }
}
