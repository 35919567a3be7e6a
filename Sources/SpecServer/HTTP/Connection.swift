import NIOCore
import NIOHTTP1
import SpecCore

/// One client connection: takes requests one after the other, passes each to the dispatcher, and writes the responses
/// in order.
///
/// ``ConnectionState`` decides each step. Lives on its event loop; only ``RequestBody`` and the responses cross
/// threads.
final class Connection: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = ByteBuffer

    private let dispatcher: Dispatcher
    private let bounds: HTTPBounds
    private let serializer: ResponseSerializer
    private let requests: RequestsUnderWay
    private let loop: any EventLoop
    private let executor: LoopExecutor
    // Used on the event loop only, by calls that end before the next one begins: checking that would cost each request
    // fourteen calls into the run time, 1,200 of its 54,000 instructions.
    @exclusivity(unchecked)
    private var state: ConnectionState
    private var isReading = false
    private var isTaking = false
    /// The bytes of the streamed response that the client took.
    private var streamedBytes = 0
    private var context: ChannelHandlerContext?
    private var options: (any NIOSynchronousChannelOptions)?

    init(
        dispatcher: Dispatcher, bounds: HTTPBounds, serializer: ResponseSerializer, requests: RequestsUnderWay,
        address: String, loop: any EventLoop, executor: LoopExecutor
    ) {
        self.dispatcher = dispatcher
        self.bounds = bounds
        self.serializer = serializer
        self.requests = requests
        self.loop = loop
        self.executor = executor
        state = ConnectionState(bounds: bounds, address: address)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        options = context.channel.syncOptions
        if context.channel.isActive { begin(context) }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        options = nil
    }

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
        case .dispatch(let request): dispatch(request)
        case .refuse(let rejection): refuse(rejection, context)
        case .drain: drain(context)
        case .end: end(context)
        case .close: close()
        }
    }

    // MARK: Requests

    /// Receives bytes before they are parsed.
    /// - Returns: the bytes for the parser; nil if they are to be dropped.
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

    private func newBody(_ framing: RequestFraming) -> RequestBody {
        RequestBody(declaredLength: framing.bodyLength, contentCoding: framing.contentCoding) { [handle = handle] in
            handle.run { $0.bodyIsWanted() }
        }
    }

    /// Runs on this thread until the service has to wait; most requests are complete when this returns.
    private func dispatch(_ request: ServerRequest) {
        requests.begin()
        Task.immediate(executorPreference: executor) { [dispatcher = dispatcher, handle = handle] in
            let response = await dispatcher.respond(to: request)
            handle.send(response)
        }
    }

    private func bodyIsWanted() {
        guard let context, state.awaitBody() else { return }
        if state.takeExpectation() { context.writeAndFlush(wrapOutboundOut(serializer.interim), promise: nil) }
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

    /// Takes queued parts as long as the dispatcher responds at once and the client reads its responses.
    ///
    /// Each response calls this again: only the outermost call loops, so that no client can make the stack grow.
    private func takeWaiting(_ context: ChannelHandlerContext) {
        guard !isTaking else { return }
        isTaking = true
        while context.channel.isWritable, let part = state.nextPart() { take(part, context) }
        perform(state.openIfNoneWaits(), context)
        isTaking = false
        perform(state.stepAtEnd(), context)
        readIfWanted(context)
    }

    /// Reads on, unless the client is behind with reading its responses.
    private func readIfWanted(_ context: ChannelHandlerContext) {
        if context.channel.isWritable, state.wantsBytes { context.read() }
    }

    // MARK: Responses

    /// Sends the response to the current request.
    func send(_ response: ServerResponse) {
        defer { requests.end() }
        guard let context, let frame = state.frame(of: response) else {
            return response.report(bodyBytes: 0, isComplete: false)
        }
        if let stream = ResponseStream(response, frame) { return send(response, stream, context) }
        let writer = ResponseWriter(serializer: serializer, context: context, options: options)
        if frame.keepsAlive {
            writer.write(response, frame, nil)
            return next()
        }
        // Unread output would be lost if the connection closed at once.
        let isBodyComplete = state.isBodyComplete
        let left = loop.makePromise(of: Void.self)
        left.futureResult.whenComplete { [handle = handle] _ in handle.run { $0.finish(isBodyComplete) } }
        writer.write(response, frame, left)
    }

    private func send(_ response: ServerResponse, _ stream: ResponseStream, _ context: ChannelHandlerContext) {
        streamedBytes = 0
        context.writeAndFlush(wrapOutboundOut(serializer.head(of: stream, response)), promise: nil)
        let handle = handle
        let isBodyComplete = state.isBodyComplete
        let writer = StreamWriter(channel: context.channel, isChunked: stream.isChunked, connection: handle)
        requests.begin()
        Task(executorPreference: executor) {
            do {
                try await stream.write(to: writer)
                handle.run { connection in
                    defer { connection.requests.end() }
                    response.report(bodyBytes: connection.streamedBytes, isComplete: true)
                    stream.frame.keepsAlive ? connection.next() : connection.finish(isBodyComplete)
                }
            } catch {
                handle.run { connection in
                    defer { connection.requests.end() }
                    response.report(bodyBytes: connection.streamedBytes, isComplete: false)
                    // Half a response cannot be taken back: the client sees that it ends too early.
                    connection.close()
                }
            }
        }
    }

    /// Notes that the client took a piece of a streamed response.
    func pieceTaken(_ bytes: Int) {
        streamedBytes += bytes
        state.pieceTaken()
    }

    /// Continues with queued parts, or waits for the next request.
    private func next() {
        guard let context else { return }
        state.requestEnded()
        takeWaiting(context)
    }

    // MARK: The end

    /// Ends the exchange after the last response.
    private func finish(_ wasBodyComplete: Bool) {
        if let context { perform(state.step(afterLast: wasBodyComplete), context) }
    }

    /// Responds without asking the dispatcher, and ends the connection.
    private func refuse(_ rejection: HeadRejection, _ context: ChannelHandlerContext) {
        let response = dispatcher.refuse(rejection.problem, rejection.request)
        let frame = ResponseFrame(isHead: false, isOldVersion: false, keepsAlive: false)
        ResponseWriter(serializer: serializer, context: context, options: options).write(response, frame, nil)
        drain(context)
    }

    private func drain(_ context: ChannelHandlerContext) {
        guard state.drain() else {
            // NIO would take the end of the output for that of the connection, and lose unwritten output.
            return afterWrites(context) { $0.close() }
        }
        // Completes when the client has read its responses: only then does draining start.
        context.close(mode: .output).whenComplete { [handle = handle, seconds = bounds.drainSeconds] _ in
            handle.run { $0.later(seconds) { $0.close() } }
        }
        context.read()
    }

    /// Closes after pending writes: output that the client has not read would be lost if the connection closed at once.
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
            // Most clients that close only their side have gone; a password that waits is not hashed for them.
            state.client.end()
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
        state.client.end()
        state.close()
        context.fireChannelInactive()
    }

    // MARK: Time

    private func later(_ seconds: Int, _ work: @escaping @Sendable (Connection) -> Void) {
        loop.scheduleTask(in: .seconds(Int64(seconds))) { [handle = handle] in handle.run(work) }
    }

    private func tick() {
        guard let context, !state.isClosed else { return }
        let buffered = try? options?.getOption(.bufferedWritableBytes)
        let step = state.tick(buffered: buffered ?? 0)
        perform(step, context)
        // A client that does not read is watched to the end.
        if !state.isClosed { later(1) { $0.tick() } }
    }
}
