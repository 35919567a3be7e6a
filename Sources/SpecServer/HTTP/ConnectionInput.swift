import NIOCore
import NIOHTTP1
import SpecCore

/// The parsed input of a connection that is not processed yet.
struct ConnectionInput: ~Copyable {
    /// Parts that came while an earlier request was in progress.
    private var parts: CircularBuffer<HTTPServerRequestPart> = []
    /// The first bytes of the head that is being received.
    private var line: RequestLine?
    /// The rejection of the bytes after the parts, if they are not a request.
    private(set) var rejection: HeadRejection?
    /// True if nothing comes after the parts.
    private(set) var isClosed = false

    var isEmpty: Bool { parts.isEmpty }
    /// True if there is no other request, now or later.
    var isOver: Bool { isClosed && isEmpty }
    /// True if everything was processed and no further request can come.
    var isAtEnd: Bool { isEmpty && (isClosed || rejection != nil) }

    // MARK: The head being received

    /// Receives the first bytes of a head.
    /// - Returns: the bytes for the parser.
    mutating func beginHead(_ bytes: ByteBuffer) -> ByteBuffer {
        let line = RequestLine(bytes)
        self.line = line
        return line.parsable
    }

    /// The method of the head that is being received, as the client sent it.
    var method: String? { line?.method }

    mutating func headEnded() { line = nil }

    /// A rejection of the head that is being received, with its path as far as it came.
    func rejection(_ problem: Problem, address: String) -> HeadRejection {
        let head = RequestHead(
            method: line?.method.flatMap(Method.init), target: line?.path ?? "", fields: HeaderFields())
        return HeadRejection(
            problem,
            ServerRequest(
                head: head, unknownMethod: head.method == nil ? line?.method : nil, address: address,
                body: RequestBody.none))
    }

    // MARK: Parts

    mutating func append(_ part: HTTPServerRequestPart) { parts.append(part) }
    mutating func popFirst() -> HTTPServerRequestPart? { parts.popFirst() }
    mutating func dropParts() { parts.removeAll() }

    // MARK: End

    mutating func close() { isClosed = true }

    /// Records a parser error; the parser reports nothing after it.
    mutating func fail(_ error: any Error, _ bounds: HTTPBounds, address: String) {
        if let problem = TransportProblems.problem(ofParser: error, bounds) {
            rejection = rejection ?? rejection(problem, address: address)
        } else {
            isClosed = true
        }
    }
}
