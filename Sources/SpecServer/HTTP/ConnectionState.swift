import NIOCore
import NIOHTTP1
import SpecCore

/// The state machine of a connection: events in, steps out; ``Connection`` carries them out.
///
/// Not copyable: access to one part of it would copy the whole, several times per request.
struct ConnectionState: ~Copyable {
    /// A step for the connection to carry out.
    enum Step {
        case nothing
        case dispatch(ServerRequest)
        case refuse(HeadRejection)
        /// End the output, and read on for a while, so that the last response stays readable.
        case drain
        /// Close once the client has read its responses, if nothing came meanwhile.
        case end
        /// Close at once.
        case close
    }

    /// Holds no request and no body, so that looking at it copies nothing.
    private enum Phase {
        /// Waits for a head.
        case idle
        /// A head came; at the end of this read at the latest, the request goes to the dispatcher.
        case opening
        /// A request is with the dispatcher; its body may still come.
        case busy(isBodyComplete: Bool)
        /// The last response was written; further input is dropped.
        case draining(left: Int)
        case closed
    }

    private let bounds: HTTPBounds
    private let address: String
    /// The end of the client, for requests that wait.
    let client = ClientLink()
    private var phase = Phase.idle
    /// The request of the phase `opening`.
    private var request: ServerRequest?
    /// The body of the phases `opening` and `busy`.
    private var body: RequestBody?
    private var input = ConnectionInput()
    private var clock: ConnectionClock
    /// The framing of the current request; nil before the first one.
    private var framing: RequestFraming?
    /// True if no request is taken after the current one.
    private var isLast = false
    private var isStopping = false

    init(bounds: HTTPBounds, address: String) {
        self.bounds = bounds
        self.address = address
        clock = ConnectionClock(bounds: bounds)
    }

    mutating func start() { clock.start() }

    // MARK: Bytes

    /// - Returns: the bytes for the parser; nil if they are to be dropped.
    mutating func receive(_ bytes: ByteBuffer) -> ByteBuffer? {
        switch phase {
        case .draining(let left): phase = .draining(left: left - bytes.readableBytes)
        case .closed: break
        case .busy(isBodyComplete: true) where isLast: break
        case .idle, .opening, .busy: return look(at: bytes)
        }
        return nil
    }

    private mutating func look(at bytes: ByteBuffer) -> ByteBuffer {
        let beginsHead = clock.beginsHead
        // Empty lines before a request are ignored (RFC 9112, 2.2).
        if beginsHead, bytes.readableBytesView.allSatisfy({ $0 == 0x0D || $0 == 0x0A }) { return bytes }
        clock.didReceive(bytes)
        return beginsHead ? input.beginHead(bytes) : bytes
    }

    /// True if the connection should read on: not while the reader of the body is behind, or the next request is queued
    /// already. Reading stays enabled if it would be enabled again at once: changing that costs a system call.
    var wantsBytes: Bool {
        switch phase {
        case .idle, .opening, .draining: true
        case .busy(isBodyComplete: false): (body?.keptBytes ?? 0) < bounds.bodyBufferBytes
        case .busy: input.isEmpty
        case .closed: false
        }
    }

    // MARK: Parts

    /// - Returns: the part if it is to be processed at once; otherwise it is queued or dropped.
    mutating func receive(_ part: HTTPServerRequestPart, isWritable: Bool) -> HTTPServerRequestPart? {
        if case .body(let piece) = part { clock.didReceiveBody(piece.readableBytes) }
        if isWritable, input.isEmpty, takesParts { return part }
        switch phase {
        case .idle, .opening, .busy: input.append(part)
        case .draining, .closed: break
        }
        return nil
    }

    /// The next queued part, if it can be processed.
    mutating func nextPart() -> HTTPServerRequestPart? { takesParts ? input.popFirst() : nil }

    private var takesParts: Bool {
        switch phase {
        case .idle, .opening, .busy(isBodyComplete: false): true
        case .busy, .draining, .closed: false
        }
    }

    mutating func take(_ part: HTTPServerRequestPart, newBody: (RequestFraming) -> RequestBody) -> Step {
        switch part {
        case .head(let head): return take(head, newBody)
        case .body(let piece): body?.append(piece)
        case .end: return endBody()
        }
        return .nothing
    }

    private mutating func take(_ head: HTTPRequestHead, _ newBody: (RequestFraming) -> RequestBody) -> Step {
        clock.headEnded()
        let sentMethod = head.method == .UNLINK ? input.method : nil
        input.headEnded()
        let facts = HeadFacts(head)
        func request(_ body: RequestBody) -> ServerRequest {
            ServerRequest(head, facts, sentMethod: sentMethod, address: address, body: body, client: client)
        }
        if let problem = HeadValidator(bounds: bounds).problem(in: head, facts) {
            return .refuse(HeadRejection(problem, request(.none)))
        }
        let framing = RequestFraming(head, facts)
        self.framing = framing
        isLast = !framing.keepsAlive
        clock.expectsContinue = framing.expectsContinue
        let body = framing.hasBody ? newBody(framing) : .none
        self.body = body
        self.request = request(body)
        phase = .opening
        return .nothing
    }

    private mutating func endBody() -> Step {
        guard let body else { return .nothing }
        clock.bodyEnded()
        body.complete()
        phase = .busy(isBodyComplete: true)
        return request.take().map { .dispatch($0) } ?? .nothing
    }

    /// Passes on a request whose body has not come whole with its head: the dispatcher may reject it without the rest.
    mutating func open() -> Step {
        guard let request = request.take() else { return .nothing }
        phase = .busy(isBodyComplete: false)
        return .dispatch(request)
    }

    /// Opens the request unless its next part is queued already.
    mutating func openIfNoneWaits() -> Step { input.isEmpty ? open() : .nothing }

    // MARK: The current body

    /// Notes that the service waits for more of the body.
    /// - Returns: false if no more comes.
    mutating func awaitBody() -> Bool {
        guard case .busy(isBodyComplete: false) = phase else { return false }
        clock.bodyIsAwaited()
        return true
    }

    /// Returns true once if the client waits for `100 Continue`.
    mutating func takeExpectation() -> Bool {
        defer { clock.expectsContinue = false }
        return clock.expectsContinue
    }

    // MARK: Responses

    /// The framing of the response to the current request; nil if the connection no longer takes one.
    func frame(of response: ServerResponse) -> ResponseFrame? {
        guard case .busy(let isBodyComplete) = phase, let framing else { return nil }
        let keepsAlive = isBodyComplete && framing.keepsAlive && !isStopping && !input.isOver && !response.closes
        return ResponseFrame(isHead: framing.isHead, isOldVersion: framing.isOldVersion, keepsAlive: keepsAlive)
    }

    /// True if the current request was received in full.
    var isBodyComplete: Bool { if case .busy(isBodyComplete: true) = phase { true } else { false } }

    mutating func pieceTaken() { clock.pieceTaken() }

    mutating func requestEnded() {
        leave(for: .idle)
        clock.requestEnded()
    }

    // MARK: The end

    /// The step after the last response.
    /// - Parameter wasBodyComplete: true if the request's body was complete when the response was written.
    func step(afterLast wasBodyComplete: Bool) -> Step {
        guard case .busy = phase else { return .nothing }
        return wasBodyComplete && input.isEmpty && input.rejection == nil ? .close : .drain
    }

    /// Records a parser error.
    mutating func fail(_ error: any Error) { input.fail(error, bounds, address: address) }

    mutating func inputClosed() { input.close() }

    /// The step at the end of the input. Requests before that end, or before bytes that are not a request, are
    /// processed first.
    func stepAtEnd() -> Step {
        if isIdle, input.isEmpty, let rejection = input.rejection { return .refuse(rejection) }
        if isOver { return .end }
        if input.isAtEnd, case .busy(isBodyComplete: false) = phase {
            body?.fail(input.rejection?.problem ?? TransportProblems.bodyEndedEarly)
        }
        return .nothing
    }

    /// Ends the connection because the server stops: a request in progress is the last one, and so is one whose head
    /// has begun.
    mutating func stop() -> Step {
        isStopping = true
        return isOver ? .end : .nothing
    }

    /// True if every request has its response, and no other request is taken.
    var isOver: Bool { isIdle && input.isEmpty && (input.isClosed || isStopping && !clock.isInsideHead) }

    private var isIdle: Bool { if case .idle = phase { true } else { false } }

    /// - Returns: true if anything may still come.
    mutating func drain() -> Bool {
        leave(for: .draining(left: bounds.drainBytesMax))
        input.dropParts()
        return !input.isClosed
    }

    var isDraining: Bool { if case .draining = phase { true } else { false } }
    /// True if more bytes came after the last response than are drained.
    var isDrained: Bool { if case .draining(let left) = phase { left < 0 } else { false } }
    var isClosed: Bool { if case .closed = phase { true } else { false } }

    mutating func close() {
        body?.fail(TransportProblems.bodyEndedEarly)
        leave(for: .closed)
    }

    /// Enters a phase without a request.
    private mutating func leave(for next: Phase) {
        phase = next
        request = nil
        body = nil
    }

    // MARK: Time

    /// Checks the timeouts; called about once a second.
    /// - Parameter buffered: the bytes of responses that the client has not read yet.
    mutating func tick(buffered: Int) -> Step {
        switch clock.verdict(buffered: buffered) {
        case .fine: return .nothing
        case .close: return .close
        case .slowHead:
            return isDraining ? .nothing : .refuse(input.rejection(TransportProblems.slowHead, address: address))
        case .slowBody:
            if case .busy(isBodyComplete: false) = phase { body?.fail(TransportProblems.slowBody) }
            return .nothing
        }
    }
}
