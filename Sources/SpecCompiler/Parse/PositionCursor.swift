/// Counts lines and characters along with a reader, so that each byte is counted once.
struct PositionCursor {
    private var offset: Int
    private var line = 1
    private var column = 1

    init(offset: Int) {
        self.offset = offset
    }

    /// The position of the byte at `target`, which must not precede the last target.
    mutating func advance(to target: Int, in bytes: [UInt8]) -> Position {
        while offset < target {
            let byte = bytes[offset]
            if byte == UInt8(ascii: "\n") {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
            offset += 1
        }
        return Position(line: line, column: column)
    }
}
