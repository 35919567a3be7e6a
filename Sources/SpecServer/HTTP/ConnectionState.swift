import NIOCore
import NIOHTTP1
import SpecCore

/// Where a connection stands: what came goes in, what is to be done comes out; ``Connection`` does it.
///
/// Not copyable: a look at one part of it would copy the whole, several times per request.
struct ConnectionState: ~Copyable {
    /// What is to be done.
    enum Step {
        case nothing
        case ask(DoorRequest, RequestBody)
        case refuse(Refusal)
        /// Say no more, and read on for a while, so that the last answer stays readable.
        case drain
        /// Close once the client took its answers, if nothing came meanwhile.
        case end
        /// Close at once.
        case close
    }

    private enum Phase {
        /// Waits for a head.
        case idle
        /// A head came; with the end of this read at the latest, the request goes to the door.
        case opening(DoorRequest, RequestBody)
        /// A request is with the door; its body may still come.
        case busy(RequestBody, isBodyComplete: Bool)
        /// The last answer went out; what still comes is dropped.
        case draining(left: Int)
        case closed
    }

    private let bounds: HTTPBounds
    private let address: String
    private var phase = Phase.idle
    private var input = ConnectionInput()
    private var clock: ConnectionClock
    /// No request is taken after the one under way.
    private var isLast = false
    private var isStopping = false

    init(bounds: HTTPBounds, address: String) {
        self.bounds = bounds
        self.address = address
        clock = ConnectionClock(bounds: bounds)
    }

    mutating func start() { clock.start() }

    // MARK: Bytes

    /// - Returns: what the parser is to see; nil: nobody reads them any more, so none may be kept.
    mutating func receive(_ bytes: ByteBuffer) -> ByteBuffer? {
        switch phase {
        case .draining(let left): phase = .draining(left: left - bytes.readableBytes)
        case .closed: break
        case .busy(_, isBodyComplete: true) where isLast: break
        case .idle, .opening, .busy: return look(at: bytes)
        }
        return nil
    }

    private mutating func look(at bytes: ByteBuffer) -> ByteBuffer {
        let beginsHead = clock.beginsHead
        // Empty lines before a request are nothing (RFC 9112, 2.2).
        if beginsHead, bytes.readableBytesView.allSatisfy({ $0 == 0x0D || $0 == 0x0A }) { return bytes }
        clock.didReceive(bytes)
        return beginsHead ? input.beginHead(bytes) : bytes
    }

    /// Whether to read on: not while the reader of the body is behind, or the next request waits already. What would
    /// be read again at once stays registered: changing that costs a system call.
    var wantsBytes: Bool {
        switch phase {
        case .idle, .opening, .draining: true
        case .busy(let body, isBodyComplete: false): body.keptBytes < bounds.bodyBufferBytes
        case .busy: input.isEmpty
        case .closed: false
        }
    }

    // MARK: Parts

    /// - Returns: the part where it is to be taken at once; otherwise it waits, or is dropped.
    mutating func receive(_ part: HTTPServerRequestPart, isWritable: Bool) -> HTTPServerRequestPart? {
        if case .body(let piece) = part { clock.didReceiveBody(piece.readableBytes) }
        if isWritable, input.isEmpty, takesParts { return part }
        switch phase {
        case .idle, .opening, .busy: input.append(part)
        case .draining, .closed: break
        }
        return nil
    }

    /// The next part that waited, where it can be taken.
    mutating func nextPart() -> HTTPServerRequestPart? { takesParts ? input.popFirst() : nil }

    private var takesParts: Bool {
        switch phase {
        case .idle, .opening, .busy(_, isBodyComplete: false): true
        case .busy, .draining, .closed: false
        }
    }

    mutating func take(_ part: HTTPServerRequestPart, newBody: () -> RequestBody) -> Step {
        switch part {
        case .head(let head): return take(head, newBody)
        case .body(let piece): body?.append(piece)
        case .end: return endBody()
        }
        return .nothing
    }

    private mutating func take(_ head: HTTPRequestHead, _ newBody: () -> RequestBody) -> Step {
        clock.headEnded()
        input.headEnded()
        let survey = HeadSurvey(head)
        let request = DoorRequest(head, survey, address: address)
        if let objection = HeadRules(bounds: bounds).objection(to: head, survey) {
            return .refuse(Refusal(problem: objection, path: request.path, fields: survey.fields))
        }
        isLast = !request.keepsAlive
        clock.expectsContinue = request.hasBody && request.expectation?.lowercased() == "100-continue"
        phase = .opening(request, request.hasBody ? newBody() : .none)
        return .nothing
    }

    private mutating func endBody() -> Step {
        guard let body else { return .nothing }
        clock.bodyEnded()
        body.complete()
        defer { phase = .busy(body, isBodyComplete: true) }
        if case .opening(let request, _) = phase { return .ask(request, body) }
        return .nothing
    }

    /// Hands over a request whose body has not come whole with its head: the door may refuse it without the rest.
    mutating func open() -> Step {
        guard case .opening(let request, let body) = phase else { return .nothing }
        phase = .busy(body, isBodyComplete: false)
        return .ask(request, body)
    }

    /// The same, unless its next part waits already.
    mutating func openIfNoneWaits() -> Step { input.isEmpty ? open() : .nothing }

    // MARK: The body under way

    private var body: RequestBody? {
        switch phase {
        case .opening(_, let body), .busy(let body, _): body
        case .idle, .draining, .closed: nil
        }
    }

    /// The service waits for more of the body.
    /// - Returns: false where no more comes.
    mutating func awaitBody() -> Bool {
        guard case .busy(_, isBodyComplete: false) = phase else { return false }
        clock.bodyIsAwaited()
        return true
    }

    /// Whether the client waits for `100 Continue`; asked once.
    mutating func takeExpectation() -> Bool {
        defer { clock.expectsContinue = false }
        return clock.expectsContinue
    }

    // MARK: Answers

    /// How an answer is framed; nil where nobody waits for it any more.
    func frame(of reply: DoorReply, to request: DoorRequest) -> AnswerFrame? {
        guard case .busy(_, let isBodyComplete) = phase else { return nil }
        let keepsAlive = isBodyComplete && request.keepsAlive && !isStopping && !input.isOver && !reply.closes
        return AnswerFrame(isHead: request.isHead, isOldVersion: request.isOldVersion, keepsAlive: keepsAlive)
    }

    /// Whether all of the request under way came.
    var isBodyComplete: Bool { if case .busy(_, isBodyComplete: true) = phase { true } else { false } }

    mutating func pieceTaken() { clock.pieceTaken() }

    mutating func requestEnded() {
        phase = .idle
        clock.requestEnded()
    }

    // MARK: The end

    /// What follows the last answer, which went out when the body of its request was complete or was not.
    func step(afterLast wasBodyComplete: Bool) -> Step {
        guard case .busy = phase else { return .nothing }
        return wasBodyComplete && input.isEmpty && input.refusal == nil ? .close : .drain
    }

    /// The parser stumbled.
    mutating func fail(_ error: any Error) { input.fail(error, bounds) }

    mutating func inputClosed() { input.close() }

    /// What came before the end of the input, or before bytes that are no request, is answered first.
    func stepAtEnd() -> Step {
        if isIdle, input.isEmpty, let refusal = input.refusal { return .refuse(refusal) }
        if isOver { return .end }
        if input.isAtEnd, case .busy(let body, isBodyComplete: false) = phase {
            body.fail(input.refusal?.problem ?? Refusals.bodyEndedEarly)
        }
        return .nothing
    }

    /// The server stops: a request under way is its last, and so is one whose head has begun.
    mutating func stop() -> Step {
        isStopping = true
        return isOver ? .end : .nothing
    }

    /// Whether all is answered, and no other request is taken.
    var isOver: Bool { isIdle && input.isEmpty && (input.isClosed || isStopping && !clock.isInsideHead) }

    private var isIdle: Bool { if case .idle = phase { true } else { false } }

    /// - Returns: whether anything may still come.
    mutating func drain() -> Bool {
        phase = .draining(left: bounds.drainBytesMax)
        input.dropParts()
        return !input.isClosed
    }

    var isDraining: Bool { if case .draining = phase { true } else { false } }
    /// Whether more came behind the last answer than is dropped.
    var isDrained: Bool { if case .draining(let left) = phase { left < 0 } else { false } }
    var isClosed: Bool { if case .closed = phase { true } else { false } }

    mutating func close() {
        body?.fail(Refusals.bodyEndedEarly)
        phase = .closed
    }

    // MARK: Time

    /// Asked about once a second.
    /// - Parameter buffered: the bytes of answers that the client has not taken yet.
    mutating func tick(buffered: Int) -> Step {
        switch clock.verdict(buffered: buffered) {
        case .fine: return .nothing
        case .close: return .close
        case .slowHead: return isDraining ? .nothing : .refuse(input.refusal(Refusals.slowHead))
        case .slowBody:
            if case .busy(let body, isBodyComplete: false) = phase { body.fail(Refusals.slowBody) }
            return .nothing
        }
    }
}
