import NIOCore
import NIOHTTP1
import SpecCore

/// What came on a connection and was not taken yet.
struct ConnectionInput: ~Copyable {
    /// Parts that came while an earlier request was answered.
    private var parts: CircularBuffer<HTTPServerRequestPart> = []
    /// The first bytes of the head that is coming.
    private var line: RequestLine?
    /// Why what comes behind the parts is no request.
    private(set) var refusal: Refusal?
    /// Whether nothing comes behind the parts.
    private(set) var isClosed = false

    var isEmpty: Bool { parts.isEmpty }
    /// Whether there is no other request, now or later.
    var isOver: Bool { isClosed && isEmpty }
    /// Whether everything was taken, and nothing that can be taken will come.
    var isAtEnd: Bool { isEmpty && (isClosed || refusal != nil) }

    // MARK: The head that is coming

    /// The first bytes of a head came.
    /// - Returns: what the parser is to see.
    mutating func beginHead(_ bytes: ByteBuffer) -> ByteBuffer {
        let line = RequestLine(bytes)
        self.line = line
        return line.parsable
    }

    mutating func headEnded() { line = nil }

    /// A problem of the head that is coming, with its path as far as that came.
    func refusal(_ problem: Problem) -> Refusal { Refusal(problem: problem, path: line?.path ?? "") }

    // MARK: Parts

    mutating func append(_ part: HTTPServerRequestPart) { parts.append(part) }
    mutating func popFirst() -> HTTPServerRequestPart? { parts.popFirst() }
    mutating func dropParts() { parts.removeAll() }

    // MARK: End

    mutating func close() { isClosed = true }

    /// The parser stumbled; it says nothing more.
    mutating func fail(_ error: any Error, _ bounds: HTTPBounds) {
        if let problem = Refusals.problem(ofParser: error, bounds) {
            refusal = refusal ?? refusal(problem)
        } else {
            isClosed = true
        }
    }
}
