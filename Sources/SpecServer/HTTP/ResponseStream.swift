import NIOCore
import SpecCore

/// A response whose body is produced while the client reads it.
struct ResponseStream {
    let length: Int?
    let isChunked: Bool
    /// The framing. A body with neither a length nor chunks ends with its connection.
    let frame: ResponseFrame
    private let make: @Sendable (any BodyWriter) async throws -> Void

    /// Fails if the body is already complete, or the request is HEAD, or the status allows no body.
    init?(_ response: ServerResponse, _ frame: ResponseFrame) {
        guard case .stream(let length, let make) = response.content.body, !frame.isHead,
            !ResponseSerializer.isBodyless(response.content.status)
        else { return nil }
        self.length = length
        self.make = make
        isChunked = length == nil && !frame.isOldVersion
        self.frame = ResponseFrame(
            isHead: false, isOldVersion: frame.isOldVersion,
            keepsAlive: frame.keepsAlive && (length != nil || isChunked))
    }

    func write(to writer: StreamWriter) async throws {
        try await make(writer)
        try await writer.end()
    }
}

/// Writes the pieces of a streamed response to its connection.
struct StreamWriter: BodyWriter {
    let channel: any Channel
    let isChunked: Bool
    let connection: ConnectionHandle

    func write(_ bytes: ByteBuffer) async throws {
        let count = bytes.readableBytes
        guard count > 0 else { return }
        try await channel.writeAndFlush(isChunked ? chunk(bytes) : bytes).get()
        connection.run { $0.pieceTaken(count) }
    }

    private func chunk(_ bytes: ByteBuffer) -> ByteBuffer {
        var chunk = ByteBuffer()
        chunk.writeString(String(bytes.readableBytes, radix: 16))
        chunk.writeStaticString("\r\n")
        chunk.writeImmutableBuffer(bytes)
        chunk.writeStaticString("\r\n")
        return chunk
    }

    func end() async throws {
        if isChunked { try await channel.writeAndFlush(ByteBuffer(string: "0\r\n\r\n")).get() }
    }
}
