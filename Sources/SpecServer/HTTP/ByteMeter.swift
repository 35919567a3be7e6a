import NIOCore

/// Shows the connection what comes in, before the parser sees it.
final class ByteMeter: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let connection: Connection

    init(_ connection: Connection) {
        self.connection = connection
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard let bytes = connection.receive(unwrapInboundIn(data)) else { return }
        context.fireChannelRead(wrapInboundOut(bytes))
    }
}
