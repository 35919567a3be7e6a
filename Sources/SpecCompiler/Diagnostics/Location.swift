/// A file of the spec, kept whole so that diagnostics can show excerpts of it.
package final class SourceFile: Sendable {
    /// The path as printed in diagnostics, relative to the working directory if that is shorter.
    package let path: String
    /// The content of the file.
    package let bytes: [UInt8]
    /// The offset of the first byte of each line.
    package let lineStarts: [Int]

    package init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
        var starts = [0]
        for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
            starts.append(offset + 1)
        }
        lineStarts = starts
    }
}

/// A place between two characters of a file.
package struct Position: Sendable, Hashable, Comparable {
    /// The line, counted from 1.
    package let line: Int
    /// The column in characters (Unicode scalars), counted from 1.
    package let column: Int

    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    package static func < (a: Position, b: Position) -> Bool {
        (a.line, a.column) < (b.line, b.column)
    }
}

/// A range of a file.
package struct Location: Sendable {
    package let file: SourceFile
    package let start: Position
    /// The position after the last character.
    package let end: Position

    package init(file: SourceFile, start: Position, end: Position) {
        self.file = file
        self.start = start
        self.end = end
    }
}
