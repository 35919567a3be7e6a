public import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A parser of `multipart/form-data` bodies (RFC 2046, section 5.1; RFC 7578): bytes in, events out.
///
/// Buffers no more than a part's head or the beginning of a delimiter; content is passed on as it arrives.
public struct MultipartReader: Sendable {
    public enum Event: Sendable, Equatable {
        case part(PartHead)
        case bytes(ByteBuffer)
        case partEnd
        /// The final boundary; what follows is ignored.
        case end
    }

    private enum State {
        /// Before the first boundary, with the number of bytes that may still be skipped.
        case preamble(left: Int)
        case afterBoundary
        case head
        case content
        case epilogue
    }

    private let delimiter: [UInt8]
    private let bounds: MultipartBounds
    /// The unread bytes. Begins with the line break that the first boundary may lack.
    private var buffer = ByteBuffer(string: "\r\n")
    /// The number of bytes of a head already searched.
    private var searched = 0
    private var parts = 0
    private var state: State

    /// - Parameter boundary: from the `Content-Type` field.
    public init(boundary: String, bounds: MultipartBounds) {
        delimiter = Array("\r\n--\(boundary)".utf8)
        self.bounds = bounds
        state = .preamble(left: bounds.preambleBytesMax)
    }

    /// The bytes that were fed and are not part of an event yet.
    var unreadBytes: Int { buffer.readableBytes }
    /// The bytes around the content of a last part: the line break of its head, which is still unread when the part
    /// begins, and the final boundary with the line break behind it.
    var frameBytes: Int { 2 + delimiter.count + 4 }

    /// Appends the next bytes. Call ``next()`` until it returns nil before appending more.
    public mutating func feed(_ bytes: ByteBuffer) {
        if case .epilogue = state { return }
        if buffer.readableBytes == 0 {
            buffer = bytes
        } else {
            buffer.discardReadBytes()
            buffer.writeImmutableBuffer(bytes)
        }
    }

    /// The next event, or nil if more bytes are needed.
    public mutating func next() throws(MultipartFault) -> Event? {
        while true {
            switch state {
            case .preamble(let left):
                guard try dropPreamble(left) else { return nil }
            case .afterBoundary:
                guard let isLast = try boundaryLine() else { return nil }
                if isLast {
                    state = .epilogue
                    buffer.clear()
                    return .end
                }
                state = .head
                searched = 0
            case .head:
                guard let head = try head() else { return nil }
                state = .content
                return .part(head)
            case .content: return content()
            case .epilogue: return nil
            }
        }
    }

    /// Marks the end of the body.
    public func finish() throws(MultipartFault) {
        guard case .epilogue = state else {
            throw MultipartFault("The form ended before its final boundary.")
        }
    }

    // MARK: Boundaries

    private mutating func dropPreamble(_ left: Int) throws(MultipartFault) -> Bool {
        let found = delimiterStart()
        guard found.at <= left + 2 else {
            throw MultipartFault("The form does not start with its boundary.")
        }
        buffer.moveReaderIndex(forwardBy: found.at)
        state = .preamble(left: left - found.at)
        guard found.isWhole else { return false }
        passDelimiter()
        return true
    }

    private mutating func passDelimiter() {
        buffer.moveReaderIndex(forwardBy: delimiter.count)
        state = .afterBoundary
    }

    /// Parses the rest of a boundary line: `--` after the last boundary, else spaces and a line break. Returns nil if
    /// it is incomplete.
    private mutating func boundaryLine() throws(MultipartFault) -> Bool? {
        let bytes = buffer.readableBytesView
        if bytes.starts(with: "--".utf8) { return true }
        if bytes.count == 1, bytes.first == UInt8(ascii: "-") { return nil }
        let spaces = bytes.prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.count
        let rest = bytes.dropFirst(spaces).prefix(2)
        guard spaces <= MultipartBounds.paddingBytesMax, "\r\n".utf8.starts(with: rest) else {
            throw MultipartFault(
                "A boundary must be followed by a line break (CR and LF), or by '--' if it is the last.")
        }
        guard rest.count == 2 else { return nil }
        buffer.moveReaderIndex(forwardBy: spaces + 2)
        return false
    }

    private mutating func head() throws(MultipartFault) -> PartHead? {
        let bytes = buffer.readableBytesView
        guard let length = headLength(bytes) else {
            guard bytes.count <= bounds.headBytesMax else { throw headTooLong }
            searched = max(0, bytes.count - 3)
            return nil
        }
        guard length <= bounds.headBytesMax else { throw headTooLong }
        parts += 1
        guard parts <= bounds.partsMax else {
            throw MultipartFault("A form has at most \(bounds.partsMax) parts.")
        }
        let head = try PartHead(bytes.prefix(length))
        // The last line break of the head may be the first of a boundary: the part is empty.
        buffer.moveReaderIndex(forwardBy: length - 2)
        isContentFresh = true
        return head
    }

    private var isContentFresh = false

    private var headTooLong: MultipartFault {
        MultipartFault("The head of a part has at most \(bounds.headBytesMax) bytes.")
    }

    /// The length of the head, including the empty line that ends it.
    private func headLength(_ bytes: ByteBufferView) -> Int? {
        if bytes.starts(with: "\r\n".utf8) { return 2 }
        let end = Array("\r\n\r\n".utf8)
        var index = bytes.startIndex + searched
        while index + 4 <= bytes.endIndex {
            if bytes[index] == end[0], bytes[index..<index + 4].elementsEqual(end) {
                return index + 4 - bytes.startIndex
            }
            index += 1
        }
        return nil
    }

    // MARK: Content

    private mutating func content() -> Event? {
        let found = delimiterStart()
        // The line break before the content belongs to the head, unless the boundary follows immediately.
        if isContentFresh {
            if found.at == 0, !found.isWhole, buffer.readableBytes <= delimiter.count { return nil }
            isContentFresh = false
            if found.at > 0 || !found.isWhole {
                buffer.moveReaderIndex(forwardBy: 2)
                return content()
            }
        }
        if found.at > 0 { return buffer.readSlice(length: found.at).map { .bytes($0) } }
        guard found.isWhole else { return nil }
        passDelimiter()
        return .partEnd
    }

    /// The start of the delimiter, or of a possible one that needs more bytes; the end of the buffer if there is none.
    private func delimiterStart() -> (at: Int, isWhole: Bool) {
        buffer.withUnsafeReadableBytes { bytes in
            guard let base = bytes.baseAddress else { return (0, false) }
            let delimiter = delimiter
            var start = 0
            while start < bytes.count, let place = memchr(base + start, 0x0D, bytes.count - start) {
                let at = base.distance(to: place)
                let length = min(delimiter.count, bytes.count - at)
                var equal = 1
                while equal < length, bytes[at + equal] == delimiter[equal] { equal += 1 }
                if equal == length { return (at, length == delimiter.count) }
                start = at + 1
            }
            return (bytes.count, false)
        }
    }
}
