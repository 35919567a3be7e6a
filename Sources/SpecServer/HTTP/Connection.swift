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
        /// A request is with the door; its body may still come.
        case busy(RequestBody, isBodyComplete: Bool)
        /// A refusal went out; what still comes is dropped.
        case draining(left: Int)
        case closed
    }

    private let door: Door
    private let bounds: HTTPBounds
    private let address: String
    private let executor: LoopExecutor
    private let answers: AnswerSerializer
    private var phase = Phase.idle
    /// Parts that came while an earlier request was answered.
    private var waiting: CircularBuffer<HTTPServerRequestPart> = []
    private var refusal: Problem?
    private var isInputClosed = false
    private var isStopping = false
    private var isReading = false
    private var clock: ConnectionClock
    private var context: ChannelHandlerContext?

    init(door: Door, bounds: HTTPBounds, address: String, loop: any EventLoop, executor: LoopExecutor) {
        self.door = door
        self.bounds = bounds
        self.address = address
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
        clock.start(at: .now())
        schedule(context)
        context.read()
    }

    // MARK: Parts

    /// Bytes arrived, before anybody knows what they are.
    func didReceive(_ count: Int) { clock.didReceive(count) }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let part = unwrapInboundIn(data)
        switch phase {
        case .idle: take(part, context)
        case .busy(_, isBodyComplete: false): take(part, context)
        case .busy: waiting.append(part)
        case .draining(let left): drain(part, left, context)
        case .closed: break
        }
    }

    private func take(_ part: HTTPServerRequestPart, _ context: ChannelHandlerContext) {
        switch part {
        case .head(let head): receive(head, context)
        case .body(let piece):
            if case .busy(let body, _) = phase { body.append(piece) }
        case .end:
            guard case .busy(let body, _) = phase else { return }
            phase = .busy(body, isBodyComplete: true)
            clock.bodyEnded()
            body.complete()
        }
    }

    private func receive(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
        clock.headEnded()
        if let objection = HeadRules(bytesMax: bounds.headBytesMax).objection(to: head) {
            return refuse(objection, context)
        }
        let handle = ConnectionHandle(self, context.eventLoop)
        let body = RequestBody { handle.run { $0.bodyIsWanted() } }
        phase = .busy(body, isBodyComplete: false)
        let request = DoorRequest(head, address: address)
        expectsContinue = request.hasBody && request.expectation?.lowercased() == "100-continue"
        let door = door
        Task(executorPreference: executor) {
            let reply = await door.answer(request, body: body)
            handle.run { $0.send(reply, for: request, body: body) }
        }
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        readIfWanted(context)
        context.fireChannelReadComplete()
    }

    /// Reads on, unless an answer is due first or the reader of the body is behind.
    private func readIfWanted(_ context: ChannelHandlerContext) {
        switch phase {
        case .idle, .draining: context.read()
        case .busy(let body, isBodyComplete: false):
            if body.keptBytes < bounds.bodyBufferBytes { context.read() }
        case .busy, .closed: break
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

    private func send(_ reply: DoorReply, for request: DoorRequest, body: RequestBody) {
        guard let context, case .busy(let current, let isBodyComplete) = phase, current === body else { return }
        let keepsAlive =
            isBodyComplete && request.keepsAlive && !isStopping && !isInputClosed && refusal == nil && !reply.closes
        let frame = AnswerFrame(
            isHead: request.isHead, isOldVersion: request.isOldVersion, keepsAlive: keepsAlive)
        if case .stream(let length, let make) = reply.answer.body, !request.isHead {
            return stream(reply, frame, length, make, isBodyComplete, context)
        }
        clock.writeBegan()
        let written = context.eventLoop.makePromise(of: Void.self)
        let handle = ConnectionHandle(self, context.eventLoop)
        written.futureResult.whenComplete { _ in handle.run { $0.clock.writeEnded() } }
        let (head, rest) = answers.serialize(reply, frame)
        if let rest {
            context.write(wrapOutboundOut(head), promise: nil)
            context.writeAndFlush(wrapOutboundOut(rest), promise: written)
        } else {
            context.writeAndFlush(wrapOutboundOut(head), promise: written)
        }
        finish(keepsAlive, isBodyComplete, context)
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
        let handle = ConnectionHandle(self, context.eventLoop)
        let writer = StreamWriter(channel: context.channel, isChunked: isChunked, connection: handle)
        Task(executorPreference: executor) {
            do {
                try await make(writer)
                try await writer.end()
                handle.run { $0.finishStream(keepsAlive, isBodyComplete) }
            } catch {
                // Half an answer cannot be taken back: the client sees that it ends too early.
                handle.run { $0.close() }
            }
        }
    }

    /// A piece of a streamed answer waits for the client.
    func pieceBegan() { clock.writeBegan() }
    func pieceEnded() { clock.writeEnded() }

    private func finishStream(_ keepsAlive: Bool, _ isBodyComplete: Bool) {
        if let context { finish(keepsAlive, isBodyComplete, context) }
    }

    private func finish(_ keepsAlive: Bool, _ isBodyComplete: Bool, _ context: ChannelHandlerContext) {
        if keepsAlive { return next(context) }
        if isBodyComplete, refusal != nil { return refuseLater(context) }
        isBodyComplete ? close() : startDraining(context)
    }

    /// Goes on with what came meanwhile, or waits for the next request.
    private func next(_ context: ChannelHandlerContext) {
        phase = .idle
        clock.requestEnded()
        while let part = waiting.popFirst() {
            take(part, context)
            if case .busy(_, isBodyComplete: true) = phase { return }
        }
        readIfWanted(context)
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
        let handle = ConnectionHandle(self, context.eventLoop)
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
        if case .busy(let body, _) = phase { body.fail(Refusals.bodyEndedEarly) }
        phase = .closed
        context.close(promise: nil)
    }

    // MARK: Events

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        let problem = Refusals.problem(ofParser: error)
        switch phase {
        case .idle: problem.map { refuse($0, context) } ?? close()
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
            inputClosed()
        case is ChannelShouldQuiesceEvent: stop(context)
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    private func inputClosed() {
        switch phase {
        case .idle, .draining: close()
        case .busy(let body, isBodyComplete: false): body.fail(Refusals.bodyEndedEarly)
        case .busy, .closed: break
        }
    }

    private func stop(_ context: ChannelHandlerContext) {
        isStopping = true
        if case .idle = phase, !clock.isInsideHead { return close() }
        let handle = ConnectionHandle(self, context.eventLoop)
        context.eventLoop.scheduleTask(in: .seconds(Int64(bounds.shutdownSeconds))) { handle.run { $0.close() } }
    }

    func channelInactive(context: ChannelHandlerContext) {
        if case .busy(let body, _) = phase { body.fail(Refusals.bodyEndedEarly) }
        phase = .closed
        context.fireChannelInactive()
    }

    // MARK: Time

    private func schedule(_ context: ChannelHandlerContext) {
        let handle = ConnectionHandle(self, context.eventLoop)
        context.eventLoop.scheduleTask(in: .seconds(1)) { handle.run { $0.tick() } }
    }

    private func tick() {
        guard let context else { return }
        if case .closed = phase { return }
        switch clock.verdict(at: .now()) {
        case .fine: schedule(context)
        case .close: close()
        case .slowBody:
            if case .busy(let body, isBodyComplete: false) = phase { body.fail(Refusals.slowBody) }
            schedule(context)
        case .slowHead: refuse(Refusals.slowHead, context)
        }
    }
}

/// Leads back to a connection from other threads; does nothing once the connection is gone.
struct ConnectionHandle: Sendable {
    private let connection: NIOLoopBound<Connection>
    private let loop: any EventLoop

    init(_ connection: Connection, _ loop: any EventLoop) {
        self.connection = NIOLoopBound(connection, eventLoop: loop)
        self.loop = loop
    }

    func run(_ work: @escaping @Sendable (Connection) -> Void) {
        if loop.inEventLoop { work(connection.value) } else { loop.execute { work(connection.value) } }
    }
}
