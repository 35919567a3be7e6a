import NIOCore

/// Tells the connection how many bytes come in, before the parser sees them.
final class ByteMeter: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer

    private let connection: Connection

    init(_ connection: Connection) {
        self.connection = connection
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        connection.didReceive(unwrapInboundIn(data).readableBytes)
        context.fireChannelRead(data)
    }
}
