import NIOCore
import NIOHTTP1
import NIOPosix

/// The minimum with SwiftNIO: its own HTTP pipeline and a handler with a constant response.
enum NIOSide {
    static func run() async throws {
        let bootstrap = ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.backlog, value: 1_024)
            .childChannelOption(.tcpOption(.tcp_nodelay), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(ConstantHandler())
                }
            }
        let channel = try await bootstrap.bind(host: "127.0.0.1", port: 0).get()
        Announcement.say(port: channel.localAddress?.port)
        try await channel.closeFuture.get()
    }
}

/// Responds to every request with the same bytes under the fields that our server sends; none of them is made per
/// request.
private final class ConstantHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private static let body = ByteBuffer(string: #"{"status":"ok"}"#)
    private static let head = HTTPResponseHead(
        version: .http1_1, status: .ok,
        headers: [
            "Date": "Wed, 25 Nov 2026 00:00:00 GMT",
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
            "Content-Security-Policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
            "Content-Type": "application/json",
            "X-Request-Id": "0190a6b2-7c4e-7b1a-9f3d-2f1c5e8a9b00",
            "Cache-Control": "no-store",
            "Content-Length": "\(body.readableBytes)",
        ])

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard case .end = unwrapInboundIn(data) else { return }
        context.write(wrapOutboundOut(.head(Self.head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(Self.body))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }
}
