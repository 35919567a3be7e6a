import NIOCore
import SpecCore

/// The framing of a response on its connection.
struct ResponseFrame {
    /// True for a response to HEAD, which has no body.
    let isHead: Bool
    /// True for HTTP/1.0, which has no chunks and closes by default.
    let isOldVersion: Bool
    let keepsAlive: Bool
}

/// Serializes responses as HTTP/1.1 (RFC 9112).
struct ResponseSerializer {
    /// The most bytes of a body that are copied into the buffer of its head.
    private static let copiedBytesMax = 16_384
    private static let securityFields: StaticString =
        "X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n"
    private static let policy: StaticString = "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n"

    let clock: HTTPClock

    var interim: ByteBuffer { ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n") }

    /// Head and body in one buffer if the body is small, else in two.
    func serialize(_ response: ServerResponse, _ frame: ResponseFrame) -> (head: ByteBuffer, rest: ByteBuffer?) {
        var body = ByteBuffer()
        var length: Int? = 0
        switch response.content.body {
        case _ where Self.isBodyless(response.content.status), .empty: break
        case .bytes(let bytes): (body, length) = (bytes, bytes.readableBytes)
        case .stream(let streamLength, _): length = streamLength
        }
        var buffer = ByteBuffer()
        buffer.reserveCapacity(512 + min(body.readableBytes, Self.copiedBytesMax))
        writeHead(response, length: length, isChunked: false, frame, to: &buffer)
        if frame.isHead || body.readableBytes == 0 { return (buffer, nil) }
        guard body.readableBytes <= Self.copiedBytesMax else { return (buffer, body) }
        buffer.writeImmutableBuffer(body)
        return (buffer, nil)
    }

    /// The head of a response whose body is streamed.
    func head(of stream: ResponseStream, _ response: ServerResponse) -> ByteBuffer {
        var buffer = ByteBuffer()
        writeHead(response, length: stream.length, isChunked: stream.isChunked, stream.frame, to: &buffer)
        return buffer
    }

    private func writeHead(
        _ response: ServerResponse, length: Int?, isChunked: Bool, _ frame: ResponseFrame, to buffer: inout ByteBuffer
    ) {
        let content = response.content
        buffer.writeStaticString("HTTP/1.1 ")
        buffer.writeString(StatusLine.of(content.status))
        clock.writeDate(to: &buffer)
        buffer.writeStaticString(Self.securityFields)
        if !response.hasOwnPolicy { buffer.writeStaticString(Self.policy) }
        if let contentType = content.contentType {
            buffer.writeStaticString("Content-Type: ")
            buffer.writeStaticString(contentType)
            buffer.writeStaticString("\r\n")
        }
        buffer.writeStaticString("X-Request-Id: ")
        buffer.writeString(response.requestID)
        buffer.writeStaticString("\r\n")
        for field in content.fields.list { Self.write(field, to: &buffer) }
        if content.fields["cache-control"] == nil { buffer.writeStaticString("Cache-Control: no-store\r\n") }
        writeFraming(content.status, length, isChunked, to: &buffer)
        if !frame.keepsAlive {
            buffer.writeStaticString("Connection: close\r\n")
        } else if frame.isOldVersion {
            buffer.writeStaticString("Connection: keep-alive\r\n")
        }
        buffer.writeStaticString("\r\n")
    }

    private func writeFraming(_ status: Int, _ length: Int?, _ isChunked: Bool, to buffer: inout ByteBuffer) {
        if isChunked {
            _ = buffer.writeStaticString("Transfer-Encoding: chunked\r\n")
            return
        }
        guard let length, status != 204, status != 304 else { return }
        buffer.writeStaticString("Content-Length: ")
        buffer.writeString(String(length))
        buffer.writeStaticString("\r\n")
    }

    /// True for a status that ends with its head, whatever the response holds (RFC 9112, 6.3).
    static func isBodyless(_ status: Int) -> Bool { status == 204 || status == 205 || status == 304 || status < 200 }

    /// Writes a field; a line break in the value would begin another field, so it becomes a space.
    private static func write(_ field: HeaderField, to buffer: inout ByteBuffer) {
        buffer.writeString(field.name)
        buffer.writeStaticString(": ")
        if field.value.utf8.contains(where: { $0 == 0x0D || $0 == 0x0A || $0 == 0 }) {
            buffer.writeBytes(field.value.utf8.map { $0 == 0x0D || $0 == 0x0A || $0 == 0 ? 0x20 : $0 })
        } else {
            buffer.writeString(field.value)
        }
        buffer.writeStaticString("\r\n")
    }
}

/// The end of a status line, such as `200 OK` with the line break.
enum StatusLine {
    private static let lines: [String] = (0..<600).map { "\($0) \(StatusPhrase.of($0))\r\n" }

    static func of(_ status: Int) -> String {
        lines.indices.contains(status) ? lines[status] : "\(status) \(StatusPhrase.of(status))\r\n"
    }
}
