import NIOCore
import SpecCore

/// An answer that is made while the client takes it.
struct AnswerStream {
    let length: Int?
    let isChunked: Bool
    /// What has neither a length nor chunks ends with its connection.
    let frame: AnswerFrame
    private let make: @Sendable (any AnswerWriter) async throws -> Void

    /// nil where the body is there already, or none is asked for.
    init?(_ reply: DoorReply, _ frame: AnswerFrame) {
        guard case .stream(let length, let make) = reply.answer.body, !frame.isHead else { return nil }
        self.length = length
        self.make = make
        isChunked = length == nil && !frame.isOldVersion
        self.frame = AnswerFrame(
            isHead: false, isOldVersion: frame.isOldVersion,
            keepsAlive: frame.keepsAlive && (length != nil || isChunked))
    }

    func write(to writer: StreamWriter) async throws {
        try await make(writer)
        try await writer.end()
    }
}

/// Writes the pieces of a streamed answer to its connection.
struct StreamWriter: AnswerWriter {
    let channel: any Channel
    let isChunked: Bool
    let connection: ConnectionHandle

    func write(_ bytes: ByteBuffer) async throws {
        guard bytes.readableBytes > 0 else { return }
        defer { connection.run { $0.pieceTaken() } }
        guard isChunked else { return try await channel.writeAndFlush(bytes).get() }
        var chunk = ByteBuffer()
        chunk.writeString(String(bytes.readableBytes, radix: 16))
        chunk.writeStaticString("\r\n")
        chunk.writeImmutableBuffer(bytes)
        chunk.writeStaticString("\r\n")
        try await channel.writeAndFlush(chunk).get()
    }

    func end() async throws {
        if isChunked { try await channel.writeAndFlush(ByteBuffer(string: "0\r\n\r\n")).get() }
    }
}
