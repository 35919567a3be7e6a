import NIOCore
import NIOHTTP1
import SpecCore

/// One client connection: takes requests one after the other, hands each to the door, and writes the answers in order.
///
/// ``ConnectionState`` says what is to be done. Lives on its event loop; only ``RequestBody`` and the answers come from
/// elsewhere.
final class Connection: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = ByteBuffer

    private let door: Door
    private let bounds: HTTPBounds
    private let answers: AnswerSerializer
    private let loop: any EventLoop
    private let executor: LoopExecutor
    private var state: ConnectionState
    private var isReading = false
    private var isTaking = false
    private var context: ChannelHandlerContext?

    init(
        door: Door, bounds: HTTPBounds, answers: AnswerSerializer, address: String, loop: any EventLoop,
        executor: LoopExecutor
    ) {
        self.door = door
        self.bounds = bounds
        self.answers = answers
        self.loop = loop
        self.executor = executor
        state = ConnectionState(bounds: bounds, address: address)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        if context.channel.isActive { begin(context) }
    }

    func handlerRemoved(context: ChannelHandlerContext) { self.context = nil }

    func channelActive(context: ChannelHandlerContext) {
        begin(context)
        context.fireChannelActive()
    }

    private func begin(_ context: ChannelHandlerContext) {
        guard !isReading else { return }
        isReading = true
        state.start()
        later(1) { $0.tick() }
        context.read()
    }

    private var handle: ConnectionHandle { ConnectionHandle(self, loop) }

    private func perform(_ step: consuming ConnectionState.Step, _ context: ChannelHandlerContext) {
        switch step {
        case .nothing: break
        case .ask(let request, let body): ask(request, body)
        case .refuse(let refusal): refuse(refusal, context)
        case .drain: drain(context)
        case .end: end(context)
        case .close: close()
        }
    }

    // MARK: Requests

    /// Bytes arrived, before anybody knows what they are.
    /// - Returns: what the parser is to see; nil: nobody reads them any more, so none may be kept.
    func receive(_ bytes: ByteBuffer) -> ByteBuffer? {
        let bytes = state.receive(bytes)
        if state.isDrained { close() }
        return bytes
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let isWritable = context.channel.isWritable
        if let part = state.receive(unwrapInboundIn(data), isWritable: isWritable) { take(part, context) }
    }

    private func take(_ part: HTTPServerRequestPart, _ context: ChannelHandlerContext) {
        perform(state.take(part, newBody: newBody), context)
    }

    private func newBody() -> RequestBody {
        RequestBody { [handle = handle] in handle.run { $0.bodyIsWanted() } }
    }

    /// Runs on this thread until the service has to wait; most requests are answered when this returns.
    private func ask(_ request: DoorRequest, _ body: RequestBody) {
        Task.immediate(executorPreference: executor) { [door = door, handle = handle] in
            let reply = await door.answer(request, body: body)
            handle.send(reply, for: request)
        }
    }

    private func bodyIsWanted() {
        guard let context, state.awaitBody() else { return }
        if state.takeExpectation() { context.writeAndFlush(wrapOutboundOut(answers.interim), promise: nil) }
        context.read()
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        perform(state.open(), context)
        readIfWanted(context)
        context.fireChannelReadComplete()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { takeWaiting(context) }
        context.fireChannelWritabilityChanged()
    }

    /// Takes parts that waited, as long as they are answered at once and the client takes its answers.
    ///
    /// Called again by each answer: only the outermost call loops, so that no client can make the stack grow.
    private func takeWaiting(_ context: ChannelHandlerContext) {
        guard !isTaking else { return }
        isTaking = true
        while context.channel.isWritable, let part = state.nextPart() { take(part, context) }
        perform(state.openIfNoneWaits(), context)
        isTaking = false
        perform(state.stepAtEnd(), context)
        readIfWanted(context)
    }

    /// Reads on, unless the client is behind with its answers.
    private func readIfWanted(_ context: ChannelHandlerContext) {
        if context.channel.isWritable, state.wantsBytes { context.read() }
    }

    // MARK: Answers

    func send(_ reply: DoorReply, for request: DoorRequest) {
        guard let context, let frame = state.frame(of: reply, to: request) else { return }
        if let stream = AnswerStream(reply, frame) { return send(reply, stream, context) }
        let (head, rest) = answers.serialize(reply, frame)
        if rest != nil { context.write(wrapOutboundOut(head), promise: nil) }
        let last = wrapOutboundOut(rest ?? head)
        if frame.keepsAlive {
            context.writeAndFlush(last, promise: nil)
            return next()
        }
        // What the client has not taken yet would be lost if the connection closed at once.
        let isBodyComplete = state.isBodyComplete
        context.writeAndFlush(last).whenComplete { [handle = handle] _ in handle.run { $0.finish(isBodyComplete) } }
    }

    private func send(_ reply: DoorReply, _ stream: AnswerStream, _ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(answers.head(of: stream, reply)), promise: nil)
        let handle = handle
        let isBodyComplete = state.isBodyComplete
        let writer = StreamWriter(channel: context.channel, isChunked: stream.isChunked, connection: handle)
        Task(executorPreference: executor) {
            do {
                try await stream.write(to: writer)
                handle.run { stream.frame.keepsAlive ? $0.next() : $0.finish(isBodyComplete) }
            } catch {
                // Half an answer cannot be taken back: the client sees that it ends too early.
                handle.run { $0.close() }
            }
        }
    }

    /// The client took a piece of a streamed answer.
    func pieceTaken() { state.pieceTaken() }

    /// Goes on with what came meanwhile, or waits for the next request.
    private func next() {
        guard let context else { return }
        state.requestEnded()
        takeWaiting(context)
    }

    // MARK: The end

    /// After the last answer.
    private func finish(_ wasBodyComplete: Bool) {
        if let context { perform(state.step(afterLast: wasBodyComplete), context) }
    }

    /// Answers without asking the door, and ends the connection.
    private func refuse(_ refusal: Refusal, _ context: ChannelHandlerContext) {
        let reply = door.refuse(refusal.problem, path: refusal.path, fields: refusal.fields)
        let frame = AnswerFrame(isHead: false, isOldVersion: false, keepsAlive: false)
        context.writeAndFlush(wrapOutboundOut(answers.serialize(reply, frame).head), promise: nil)
        drain(context)
    }

    private func drain(_ context: ChannelHandlerContext) {
        guard state.drain() else {
            // NIO would take the end of the output for that of the connection, and lose what is still to be written.
            return afterWrites(context) { $0.close() }
        }
        // Ends when the client took its answers: only then is it time to go.
        context.close(mode: .output).whenComplete { [handle = handle, seconds = bounds.drainSeconds] _ in
            handle.run { $0.later(seconds) { $0.close() } }
        }
        context.read()
    }

    /// What the client has not taken yet would be lost if the connection closed at once.
    private func end(_ context: ChannelHandlerContext) {
        afterWrites(context) { if $0.state.isOver { $0.close() } }
    }

    private func afterWrites(_ context: ChannelHandlerContext, _ work: @escaping @Sendable (Connection) -> Void) {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer())).whenComplete { [handle = handle] _ in handle.run(work) }
    }

    private func close() {
        guard let context, !state.isClosed else { return }
        state.close()
        context.close(promise: nil)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        state.fail(error)
        endInput(context)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case ChannelEvent.inputClosed:
            state.inputClosed()
            endInput(context)
        case is ChannelShouldQuiesceEvent: stop(context)
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    private func endInput(_ context: ChannelHandlerContext) {
        // It is closed once everything is written.
        if state.isDraining { return }
        perform(state.open(), context)
        perform(state.stepAtEnd(), context)
    }

    private func stop(_ context: ChannelHandlerContext) {
        perform(state.stop(), context)
        if !state.isClosed { later(bounds.shutdownSeconds) { $0.close() } }
    }

    func channelInactive(context: ChannelHandlerContext) {
        state.close()
        context.fireChannelInactive()
    }

    // MARK: Time

    private func later(_ seconds: Int, _ work: @escaping @Sendable (Connection) -> Void) {
        loop.scheduleTask(in: .seconds(Int64(seconds))) { [handle = handle] in handle.run(work) }
    }

    private func tick() {
        guard let context, !state.isClosed else { return }
        let buffered = try? context.channel.syncOptions?.getOption(.bufferedWritableBytes)
        let step = state.tick(buffered: buffered ?? 0)
        perform(step, context)
        // Whoever takes nothing is watched to the end.
        if !state.isClosed { later(1) { $0.tick() } }
    }
}
