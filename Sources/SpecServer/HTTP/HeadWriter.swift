import SpecCore

/// A writer of a response's head into memory that is large enough.
///
/// A head has twenty pieces, for each of which a `ByteBuffer` would make sure of its capacity and its owner.
struct HeadWriter: ~Copyable {
    private let memory: UnsafeMutableRawBufferPointer
    /// The bytes written so far.
    private(set) var count = 0

    init(_ memory: UnsafeMutableRawBufferPointer) {
        self.memory = memory
    }

    mutating func write(_ text: StaticString) {
        copy(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func write(_ text: String) {
        var text = text
        text.withUTF8 { copy(UnsafeRawBufferPointer($0)) }
    }

    mutating func write(_ bytes: [UInt8]) { bytes.withUnsafeBytes { copy($0) } }

    mutating func write(_ number: Int) { write(String(number)) }

    /// Writes a field; a line break in the value would begin another field, so it becomes a space.
    mutating func write(_ field: HeaderField) {
        write(field.name)
        write(": ")
        if field.value.utf8.contains(where: Self.breaksLine) {
            write(field.value.utf8.map { Self.breaksLine($0) ? 0x20 : $0 })
        } else {
            write(field.value)
        }
        write("\r\n")
    }

    private static func breaksLine(_ byte: UInt8) -> Bool { byte == 0x0D || byte == 0x0A || byte == 0 }

    private mutating func copy(_ bytes: UnsafeRawBufferPointer) {
        precondition(bytes.count <= memory.count - count, "the head is longer than was computed")
        UnsafeMutableRawBufferPointer(rebasing: memory[count...]).copyMemory(from: bytes)
        count += bytes.count
    }
}

extension HeaderFields {
    /// The most bytes that the fields take as lines of a head.
    var lineBytes: Int { list.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count + ": \r\n".utf8.count } }
}
