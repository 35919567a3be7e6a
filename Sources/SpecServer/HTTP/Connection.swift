import NIOCore
import NIOHTTP1
import SpecCore

/// One client connection: takes requests one after the other, hands each to the door, and writes the answers in order.
///
/// Lives on its event loop; only ``RequestBody`` and the answers come from elsewhere.
final class Connection: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = ByteBuffer

    private enum Phase {
        /// Waits for a head.
        case idle
        /// A head came; with the end of this read at the latest, the request goes to the door.
        case opening(DoorRequest, RequestBody)
        /// A request is with the door; its body may still come.
        case busy(RequestBody, isBodyComplete: Bool)
        /// A refusal went out; what still comes is dropped.
        case draining(left: Int)
        case closed
    }

    private let door: Door
    private let bounds: HTTPBounds
    private let address: String
    private let loop: any EventLoop
    private let executor: LoopExecutor
    private let answers: AnswerSerializer
    private var phase = Phase.idle
    /// Parts that came while an earlier request was answered.
    private var waiting: CircularBuffer<HTTPServerRequestPart> = []
    private var refusal: Refusal?
    /// The first bytes of the head that is coming.
    private var line: RequestLine?
    /// No request is taken after the one under way.
    private var isLast = false
    private var isInputClosed = false
    private var isStopping = false
    private var isReading = false
    private var isTaking = false
    private var clock: ConnectionClock
    private var context: ChannelHandlerContext?

    init(
        door: Door, bounds: HTTPBounds, answers: AnswerSerializer, address: String, loop: any EventLoop,
        executor: LoopExecutor
    ) {
        self.door = door
        self.bounds = bounds
        self.answers = answers
        self.address = address
        self.loop = loop
        self.executor = executor
        clock = ConnectionClock(bounds: bounds)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        if context.channel.isActive { begin(context) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    func channelActive(context: ChannelHandlerContext) {
        begin(context)
        context.fireChannelActive()
    }

    private func begin(_ context: ChannelHandlerContext) {
        guard !isReading else { return }
        isReading = true
        clock.start()
        schedule(context)
        context.read()
    }

    // MARK: Parts

    /// Bytes arrived, before anybody knows what they are.
    /// - Returns: what the parser is to see; nil: nobody reads them any more, so none may be kept.
    func receive(_ bytes: ByteBuffer) -> ByteBuffer? {
        switch phase {
        case .draining(let left): drain(bytes.readableBytes, left)
        case .closed: break
        case .busy(_, isBodyComplete: true) where isLast: break
        case .idle, .opening, .busy: return look(at: bytes)
        }
        return nil
    }

    private func look(at bytes: ByteBuffer) -> ByteBuffer {
        let beginsHead = clock.beginsHead
        clock.didReceive(bytes)
        guard beginsHead else { return bytes }
        let line = RequestLine(bytes)
        self.line = line
        return line.parsable
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        if case .body(let piece) = part { clock.didReceiveBody(piece.readableBytes) }
        switch phase {
        case .idle, .opening, .busy(_, isBodyComplete: false):
            waiting.isEmpty && context.channel.isWritable ? take(part, context) : waiting.append(part)
        case .busy: waiting.append(part)
        case .draining, .closed: break
        }
    }

    private func take(_ part: HTTPServerRequestPart, _ context: ChannelHandlerContext) {
        switch part {
        case .head(let head): receive(head, context)
        case .body(let piece): body?.append(piece)
        case .end: endBody()
        }
    }

    /// The body of the request under way.
    private var body: RequestBody? {
        switch phase {
        case .opening(_, let body), .busy(let body, _): body
        case .idle, .draining, .closed: nil
        }
    }

    private func endBody() {
        guard let body else { return }
        clock.bodyEnded()
        body.complete()
        let opening = phase
        phase = .busy(body, isBodyComplete: true)
        if case .opening(let request, _) = opening { ask(request, body) }
    }

    private func receive(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        clock.headEnded()
        line = nil
        let survey = HeadSurvey(head)
        let request = DoorRequest(head, survey, address: address)
        if let objection = HeadRules(bounds: bounds).objection(to: head, survey) {
            return refuse(Refusal(problem: objection, path: request.path, fields: survey.fields), context)
        }
        isLast = !request.keepsAlive
        clock.expectsContinue = request.hasBody && request.expectation?.lowercased() == "100-continue"
        phase = .opening(request, request.hasBody ? newBody() : .none)
    }

    private func newBody() -> RequestBody {
        let handle = handle
        return RequestBody { handle.run { $0.bodyIsWanted() } }
    }

    /// Hands over a request whose body has not come whole with its head: the door may refuse it without the rest.
    private func open() {
        guard case .opening(let request, let body) = phase else { return }
        phase = .busy(body, isBodyComplete: false)
        ask(request, body)
    }

    /// Runs on this thread until the service has to wait; most requests are answered when this returns.
    private func ask(_ request: DoorRequest, _ body: RequestBody) {
        let door = door
        let handle = handle
        Task.immediate(executorPreference: executor) {
            let reply = await door.answer(request, body: body)
            handle.send(reply, for: request)
        }
    }

    private var handle: ConnectionHandle { ConnectionHandle(self, loop) }

    func channelReadComplete(context: ChannelHandlerContext) {
        open()
        readIfWanted(context)
        context.fireChannelReadComplete()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { takeWaiting(context) }
        context.fireChannelWritabilityChanged()
    }

    /// Reads on, unless the client is behind with its answers, the reader of the body is behind, or the next request
    /// waits already. What would be read again at once stays registered: changing that costs a system call.
    private func readIfWanted(_ context: ChannelHandlerContext) {
        guard context.channel.isWritable else { return }
        switch phase {
        case .idle, .opening, .draining: context.read()
        case .busy(let body, isBodyComplete: false):
            if body.keptBytes < bounds.bodyBufferBytes { context.read() }
        case .busy: if waiting.isEmpty { context.read() }
        case .closed: break
        }
    }

    private func bodyIsWanted() {
        guard let context, case .busy(_, isBodyComplete: false) = phase else { return }
        clock.bodyIsAwaited()
        if clock.expectsContinue {
            clock.expectsContinue = false
            context.writeAndFlush(wrapOutboundOut(answers.interim), promise: nil)
        }
        context.read()
    }

    // MARK: Answers

    func send(_ reply: DoorReply, for request: DoorRequest) {
        guard let context, case .busy(_, let isBodyComplete) = phase else { return }
        let isOver = isInputClosed && waiting.isEmpty
        let keepsAlive = isBodyComplete && request.keepsAlive && !isStopping && !isOver && !reply.closes
        let frame = AnswerFrame(
            isHead: request.isHead, isOldVersion: request.isOldVersion, keepsAlive: keepsAlive)
        if case .stream(let length, let make) = reply.answer.body, !request.isHead {
            return stream(reply, frame, length, make, isBodyComplete, context)
        }
        let (head, rest) = answers.serialize(reply, frame)
        if rest != nil { context.write(wrapOutboundOut(head), promise: nil) }
        let last = wrapOutboundOut(rest ?? head)
        if keepsAlive {
            context.writeAndFlush(last, promise: nil)
            return next(context)
        }
        // What the client has not taken yet would be lost if the connection closed at once.
        let handle = handle
        context.writeAndFlush(last).whenComplete { _ in handle.run { $0.finishLast(isBodyComplete) } }
    }

    private func stream(
        _ reply: DoorReply, _ frame: AnswerFrame, _ length: Int?,
        _ make: @escaping @Sendable (any AnswerWriter) async throws -> Void, _ isBodyComplete: Bool,
        _ context: ChannelHandlerContext
    ) {
        let isChunked = length == nil && !frame.isOldVersion
        let keepsAlive = frame.keepsAlive && (length != nil || isChunked)
        context.writeAndFlush(
            wrapOutboundOut(answers.streamHead(reply, frame, length: length, keepsAlive: keepsAlive)), promise: nil)
        let handle = handle
        let writer = StreamWriter(channel: context.channel, isChunked: isChunked, connection: handle)
        Task(executorPreference: executor) {
            do {
                try await make(writer)
                try await writer.end()
                handle.run { keepsAlive ? $0.finishStream() : $0.finishLast(isBodyComplete) }
            } catch {
                // Half an answer cannot be taken back: the client sees that it ends too early.
                handle.run { $0.close() }
            }
        }
    }

    /// The client took a piece of a streamed answer.
    func pieceTaken() { clock.pieceTaken() }

    private func finishStream() {
        if let context { next(context) }
    }

    /// After the last answer of the connection.
    private func finishLast(_ isBodyComplete: Bool) {
        guard let context, case .busy = phase else { return }
        isBodyComplete && waiting.isEmpty && refusal == nil ? close() : startDraining(context)
    }

    /// Goes on with what came meanwhile, or waits for the next request.
    private func next(_ context: ChannelHandlerContext) {
        phase = .idle
        clock.requestEnded()
        takeWaiting(context)
    }

    /// Takes parts that waited, as long as they are answered at once and the client takes its answers.
    ///
    /// Called again by each answer: only the outermost call loops, so that no client can make the stack grow.
    private func takeWaiting(_ context: ChannelHandlerContext) {
        guard !isTaking else { return }
        isTaking = true
        while context.channel.isWritable, canTake, let part = waiting.popFirst() { take(part, context) }
        if waiting.isEmpty { open() }
        isTaking = false
        endIfOver(context)
        readIfWanted(context)
    }

    /// What came before the end of the input, or before bytes that are no request, is answered first.
    private func endIfOver(_ context: ChannelHandlerContext) {
        guard waiting.isEmpty, isInputClosed || refusal != nil else { return }
        switch phase {
        case .idle: refusal.map { refuse($0, context) } ?? close()
        case .busy(let body, isBodyComplete: false): body.fail(refusal?.problem ?? Refusals.bodyEndedEarly)
        case .opening, .busy, .draining, .closed: break
        }
    }

    private var canTake: Bool {
        switch phase {
        case .idle, .opening, .busy(_, isBodyComplete: false): true
        case .busy, .draining, .closed: false
        }
    }

    // MARK: Refusals of whole connections

    /// Answers without asking the door, and ends the connection.
    private func refuse(_ refusal: Refusal, _ context: ChannelHandlerContext) {
        let reply = door.refuse(refusal.problem, path: refusal.path, fields: refusal.fields)
        let frame = AnswerFrame(isHead: false, isOldVersion: false, keepsAlive: false)
        context.writeAndFlush(wrapOutboundOut(answers.serialize(reply, frame).head), promise: nil)
        startDraining(context)
    }

    private func startDraining(_ context: ChannelHandlerContext) {
        phase = .draining(left: bounds.drainBytesMax)
        waiting.removeAll()
        context.close(mode: .output, promise: nil)
        let handle = handle
        context.eventLoop.scheduleTask(in: .seconds(Int64(bounds.drainSeconds))) { handle.run { $0.close() } }
        if isInputClosed { close() } else { context.read() }
    }

    private func drain(_ count: Int, _ left: Int) {
        phase = .draining(left: left - count)
        if left < count { close() }
    }

    private func close() {
        guard let context else { return }
        if case .closed = phase { return }
        body?.fail(Refusals.bodyEndedEarly)
        phase = .closed
        context.close(promise: nil)
    }

    // MARK: Events

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        if case .draining = phase { return close() }
        if let problem = Refusals.problem(ofParser: error, bounds) {
            refusal = refusal ?? Refusal(problem: problem, path: line?.path ?? "")
        } else {
            isInputClosed = true
        }
        open()
        endIfOver(context)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case ChannelEvent.inputClosed:
            isInputClosed = true
            if case .draining = phase { return close() }
            open()
            endIfOver(context)
        case is ChannelShouldQuiesceEvent: stop(context)
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    private func stop(_ context: ChannelHandlerContext) {
        isStopping = true
        if case .idle = phase, !clock.isInsideHead { return close() }
        let handle = handle
        context.eventLoop.scheduleTask(in: .seconds(Int64(bounds.shutdownSeconds))) { handle.run { $0.close() } }
    }

    func channelInactive(context: ChannelHandlerContext) {
        body?.fail(Refusals.bodyEndedEarly)
        phase = .closed
        context.fireChannelInactive()
    }

    // MARK: Time

    private func schedule(_ context: ChannelHandlerContext) {
        let handle = handle
        context.eventLoop.scheduleTask(in: .seconds(1)) { handle.run { $0.tick() } }
    }

    private func tick() {
        guard let context else { return }
        if case .closed = phase { return }
        let buffered = try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)
        switch clock.verdict(buffered: buffered ?? 0) {
        case .fine: schedule(context)
        case .close: close()
        case .slowBody:
            if case .busy(let body, isBodyComplete: false) = phase { body.fail(Refusals.slowBody) }
            schedule(context)
        case .slowHead: refuse(Refusal(problem: Refusals.slowHead, path: line?.path ?? ""), context)
        }
    }
}
