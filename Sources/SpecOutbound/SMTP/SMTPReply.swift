import NIOCore

/// The server's reply to one command: a code and its text.
struct SMTPReply: Equatable {
    let code: Int
    let lines: [String]
}

/// Parses replies from the bytes of a connection (RFC 5321, 4.2).
struct SMTPReplyReader {
    /// The most bytes of a line, and the most lines of a reply; RFC 5321 requires 512 bytes.
    static let lineBytesMax = 2_048
    static let linesMax = 128

    private var buffer = ByteBuffer()
    private var code = 0
    private var lines: [String] = []

    /// True if no bytes or lines of an incomplete reply are buffered.
    var isEmpty: Bool { buffer.readableBytes == 0 && lines.isEmpty }

    mutating func append(_ bytes: inout ByteBuffer) { buffer.writeBuffer(&bytes) }

    /// The next complete reply, or nil if there is none yet.
    mutating func next() throws -> SMTPReply? {
        while let line = try nextLine() {
            let isLast = try take(line)
            guard isLast else { continue }
            defer { lines = [] }
            buffer.discardReadBytes()
            return SMTPReply(code: code, lines: lines)
        }
        return nil
    }

    private mutating func nextLine() throws -> [UInt8]? {
        guard let end = buffer.readableBytesView.firstIndex(of: UInt8(ascii: "\n")) else {
            guard buffer.readableBytes <= Self.lineBytesMax else { throw SMTPFailure.noReply }
            return nil
        }
        var line = buffer.readBytes(length: end - buffer.readerIndex + 1) ?? []
        guard line.count <= Self.lineBytesMax else { throw SMTPFailure.noReply }
        line.removeLast()
        if line.last == UInt8(ascii: "\r") { line.removeLast() }
        return line
    }

    /// Takes a line of a reply and returns true if it is the last: `250-words` continues, `250 words` and `250` end it.
    private mutating func take(_ line: [UInt8]) throws -> Bool {
        let digits = line.prefix(3)
        guard digits.count == 3, digits.allSatisfy({ $0 &- 0x30 < 10 }), lines.count < Self.linesMax,
            line.count == 3 || line[3] == UInt8(ascii: " ") || line[3] == UInt8(ascii: "-")
        else { throw SMTPFailure.noReply }
        code = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        lines.append(String(decoding: line.dropFirst(4), as: UTF8.self))
        return line.count == 3 || line[3] == UInt8(ascii: " ")
    }
}
