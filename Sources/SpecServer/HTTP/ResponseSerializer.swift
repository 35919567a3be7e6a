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
    /// The most bytes of a head beside its media type, its request id and the fields of its response.
    private static let fixedBytesMax = 512
    private static let securityFields: StaticString =
        "X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n"
    private static let securityFieldsAndPolicy: StaticString = """
        X-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n\
        Content-Security-Policy: default-src 'none'; frame-ancestors 'none'\r\n
        """

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
        let copied = frame.isHead || body.readableBytes > Self.copiedBytesMax ? 0 : body.readableBytes
        var buffer = head(response, length: length, isChunked: false, frame, room: copied)
        if frame.isHead || body.readableBytes == 0 { return (buffer, nil) }
        guard copied > 0 else { return (buffer, body) }
        buffer.writeImmutableBuffer(body)
        return (buffer, nil)
    }

    /// The head of a response whose body is streamed.
    func head(of stream: ResponseStream, _ response: ServerResponse) -> ByteBuffer {
        head(response, length: stream.length, isChunked: stream.isChunked, stream.frame, room: 0)
    }

    /// - Parameter room: the bytes that are to follow the head in its buffer.
    private func head(
        _ response: ServerResponse, length: Int?, isChunked: Bool, _ frame: ResponseFrame, room: Int
    ) -> ByteBuffer {
        let content = response.content
        let bytesMax =
            Self.fixedBytesMax + (content.contentType?.utf8CodeUnitCount ?? 0) + response.requestID.utf8.count
            + content.fields.lineBytes
        var buffer = ByteBufferAllocator().buffer(capacity: bytesMax + room)
        buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: bytesMax) { memory in
            var head = HeadWriter(memory)
            writeHead(response, to: &head)
            writeFraming(content.status, length, isChunked, to: &head)
            writeConnection(frame, to: &head)
            return head.count
        }
        return buffer
    }

    private func writeHead(_ response: ServerResponse, to head: inout HeadWriter) {
        let content = response.content
        head.write(StatusLine.of(content.status))
        clock.writeDate(to: &head)
        head.write(response.hasOwnPolicy ? Self.securityFields : Self.securityFieldsAndPolicy)
        if let contentType = content.contentType {
            head.write("Content-Type: ")
            head.write(contentType)
            head.write("\r\n")
        }
        head.write("X-Request-Id: ")
        head.write(response.requestID)
        head.write("\r\n")
        for field in content.fields.list { head.write(field) }
        if content.fields["cache-control"] == nil { head.write("Cache-Control: no-store\r\n") }
    }

    private func writeFraming(_ status: Int, _ length: Int?, _ isChunked: Bool, to head: inout HeadWriter) {
        if isChunked { return head.write("Transfer-Encoding: chunked\r\n") }
        guard let length, status != 204, status != 304 else { return }
        head.write("Content-Length: ")
        head.write(length)
        head.write("\r\n")
    }

    private func writeConnection(_ frame: ResponseFrame, to head: inout HeadWriter) {
        if !frame.keepsAlive {
            head.write("Connection: close\r\n")
        } else if frame.isOldVersion {
            head.write("Connection: keep-alive\r\n")
        }
        head.write("\r\n")
    }

    /// True for a status that ends with its head, whatever the response holds (RFC 9112, 6.3).
    static func isBodyless(_ status: Int) -> Bool { status == 204 || status == 205 || status == 304 || status < 200 }
}

/// Status lines with their line break, such as `HTTP/1.1 200 OK`.
enum StatusLine {
    private static let lines: [String] = (0..<600).map(line)

    static func of(_ status: Int) -> String {
        lines.indices.contains(status) ? lines[status] : line(status)
    }

    private static func line(_ status: Int) -> String { "HTTP/1.1 \(status) \(StatusPhrase.of(status))\r\n" }
}
