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
    private var refusal: Problem?
    private var isInputClosed = false
    private var isStopping = false
    private var isReading = false
    private var isTaking = false
    private var clock: ConnectionClock
    private var context: ChannelHandlerContext?

    init(door: Door, bounds: HTTPBounds, address: String, loop: any EventLoop, executor: LoopExecutor) {
        self.door = door
        self.bounds = bounds
        self.address = address
        self.loop = loop
        self.executor = executor
        answers = AnswerSerializer(clock: door.clock)
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
    func didReceive(_ count: Int) { clock.didReceive(count) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        switch phase {
        case .idle, .opening, .busy(_, isBodyComplete: false):
            waiting.isEmpty && context.channel.isWritable ? take(part, context) : waiting.append(part)
        case .busy: waiting.append(part)
        case .draining(let left): drain(part, left, context)
        case .closed: break
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
        let survey = HeadSurvey(head)
        if let objection = HeadRules(bytesMax: bounds.headBytesMax).objection(to: head, survey) {
            return refuse(objection, context)
        }
        let request = DoorRequest(head, survey, address: address)
        expectsContinue = request.hasBody && request.expectation?.lowercased() == "100-continue"
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
        if expectsContinue {
            expectsContinue = false
            context.writeAndFlush(wrapOutboundOut(answers.interim), promise: nil)
        }
        context.read()
    }

    /// Whether the client waits for `100 Continue` (RFC 9110, 10.1.1).
    private var expectsContinue: Bool {
        get { clock.expectsContinue }
        set { clock.expectsContinue = newValue }
    }

    // MARK: Answers

    func send(_ reply: DoorReply, for request: DoorRequest) {
        guard let context, case .busy(_, let isBodyComplete) = phase else { return }
        let keepsAlive =
            isBodyComplete && request.keepsAlive && !isStopping && !isInputClosed && refusal == nil && !reply.closes
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
        if isBodyComplete, refusal != nil { return refuseLater(context) }
        isBodyComplete ? close() : startDraining(context)
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
        readIfWanted(context)
    }

    private var canTake: Bool {
        switch phase {
        case .idle, .opening, .busy(_, isBodyComplete: false): true
        case .busy, .draining, .closed: false
        }
    }

    // MARK: Refusals of whole connections

    /// Answers without asking the door, and ends the connection.
    private func refuse(_ problem: Problem, _ context: ChannelHandlerContext) {
        let reply = door.refuse(problem, address: address)
        let frame = AnswerFrame(isHead: false, isOldVersion: false, keepsAlive: false)
        context.writeAndFlush(wrapOutboundOut(answers.serialize(reply, frame).head), promise: nil)
        startDraining(context)
    }

    private func refuseLater(_ context: ChannelHandlerContext) {
        guard let problem = refusal else { return close() }
        refusal = nil
        refuse(problem, context)
    }

    private func startDraining(_ context: ChannelHandlerContext) {
        phase = .draining(left: bounds.drainBytesMax)
        waiting.removeAll()
        context.close(mode: .output, promise: nil)
        let handle = handle
        context.eventLoop.scheduleTask(in: .seconds(Int64(bounds.drainSeconds))) { handle.run { $0.close() } }
        if isInputClosed { close() } else { context.read() }
    }

    private func drain(_ part: HTTPServerRequestPart, _ left: Int, _ context: ChannelHandlerContext) {
        guard case .body(let piece) = part else { return }
        phase = .draining(left: left - piece.readableBytes)
        if left < piece.readableBytes { close() }
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
        let problem = Refusals.problem(ofParser: error)
        open()
        switch phase {
        case .idle, .opening: problem.map { refuse($0, context) } ?? close()
        case .busy(let body, isBodyComplete: false):
            refusal = problem
            body.fail(problem ?? Refusals.bodyEndedEarly)
            if problem == nil { close() }
        case .busy: refusal = problem
        case .draining, .closed: close()
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case ChannelEvent.inputClosed:
            isInputClosed = true
            open()
            inputClosed()
        case is ChannelShouldQuiesceEvent: stop(context)
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    private func inputClosed() {
        switch phase {
        case .idle, .opening, .draining: close()
        case .busy(let body, isBodyComplete: false): body.fail(Refusals.bodyEndedEarly)
        case .busy, .closed: break
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
        case .slowHead: refuse(Refusals.slowHead, context)
        }
    }
}
