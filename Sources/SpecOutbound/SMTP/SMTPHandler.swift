import NIOCore
import NIOSSL
import NIOTLS

/// Runs a dialogue over a channel.
final class SMTPHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private var dialogue: SMTPDialogue
    private var reader = SMTPReplyReader()
    private let makeTLS: () throws -> NIOSSLClientHandler
    /// The promise of the result; nil once it is fulfilled.
    private var outcome: EventLoopPromise<Void>?
    private let secondsMax: Int64
    private var deadline: Scheduled<Void>?

    init(
        _ dialogue: SMTPDialogue, outcome: EventLoopPromise<Void>, secondsMax: Int64,
        makeTLS: @escaping () throws -> NIOSSLClientHandler
    ) {
        self.dialogue = dialogue
        self.outcome = outcome
        self.secondsMax = secondsMax
        self.makeTLS = makeTLS
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let seconds = secondsMax
        deadline = context.eventLoop.assumeIsolated().scheduleTask(in: .seconds(seconds)) {
            self.fail(SMTPFailure.slow(seconds: seconds), context)
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        reader.append(&bytes)
        do {
            while let reply = try reader.next() { try take(dialogue.hear(reply), context) }
        } catch {
            fail(error, context)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if case TLSUserEvent.handshakeCompleted? = event as? TLSUserEvent {
            do { try take(dialogue.secured(), context) } catch { fail(error, context) }
        }
        context.fireUserInboundEventTriggered(event)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        fail(SMTPFailure.said(error), context)
    }

    func channelInactive(context: ChannelHandlerContext) { fail(SMTPFailure.closed, context) }

    private func take(_ step: SMTPDialogue.Step, _ context: ChannelHandlerContext) throws {
        switch step {
        case .say(let text): say(text, context)
        case .secure: try secure(context)
        case .succeed(let text):
            say(text, context)
            outcome?.succeed()
            outcome = nil
        case .close: end(context)
        }
    }

    private func say(_ text: String, _ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text)), promise: nil)
    }

    /// Starts TLS in the same event loop tick as the reply to STARTTLS, so that no byte comes between.
    private func secure(_ context: ChannelHandlerContext) throws {
        guard reader.isEmpty else { throw SMTPFailure.injected }
        try context.pipeline.syncOperations.addHandler(makeTLS(), position: .first)
    }

    private func fail(_ error: any Error, _ context: ChannelHandlerContext) {
        outcome?.fail(error)
        outcome = nil
        end(context)
    }

    private func end(_ context: ChannelHandlerContext) {
        deadline?.cancel()
        deadline = nil
        context.close(promise: nil)
    }
}
