import NIOCore

/// Passes incoming bytes to the connection before the parser sees them.
final class PreParseHandler: ChannelInboundHandler {
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
