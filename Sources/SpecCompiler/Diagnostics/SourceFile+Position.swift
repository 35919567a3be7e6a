extension SourceFile {
    /// The length in bytes of the byte order mark at the start, which does not count as a character.
    package var byteOrderMarkLength: Int {
        bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// The position before the byte at `offset`. Linear in the length of the line.
    package func position(atByte offset: Int) -> Position {
        let line = lineIndex(ofByte: offset)
        var column = 1
        for byte in bytes[start(ofLine: line)..<max(offset, start(ofLine: line))] where byte & 0xC0 != 0x80 {
            column += 1
        }
        return Position(line: line + 1, column: column)
    }

    /// The range of `length` bytes from `offset`.
    package func location(atByte offset: Int, length: Int = 1) -> Location {
        let end = min(offset + length, bytes.count)
        return Location(file: self, start: position(atByte: offset), end: position(atByte: max(end, offset)))
    }

    /// The start of the file, for findings about the file as a whole.
    package var beginning: Location {
        let first = Position(line: 1, column: 1)
        return Location(file: self, start: first, end: first)
    }

    /// The offset of the byte at `position`, or of the end of its line if the line is shorter.
    package func byteOffset(of position: Position) -> Int {
        guard position.line <= lineStarts.count else { return bytes.count }
        var offset = start(ofLine: position.line - 1)
        let end = self.end(ofLine: position.line - 1)
        var column = 1
        while offset < end, column < position.column {
            offset += 1
            while offset < end, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
            column += 1
        }
        return offset
    }

    /// The bytes of a line (counted from 1), without its line break.
    package func lineBytes(_ line: Int) -> ArraySlice<UInt8> {
        guard line >= 1, line <= lineStarts.count else { return [] }
        return bytes[start(ofLine: line - 1)..<end(ofLine: line - 1)]
    }

    private func start(ofLine index: Int) -> Int {
        index == 0 ? byteOrderMarkLength : lineStarts[index]
    }

    private func end(ofLine index: Int) -> Int {
        guard index + 1 < lineStarts.count else { return bytes.count }
        let newline = lineStarts[index + 1] - 1
        return newline > start(ofLine: index) && bytes[newline - 1] == UInt8(ascii: "\r") ? newline - 1 : newline
    }

    private func lineIndex(ofByte offset: Int) -> Int {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return low
    }
}
