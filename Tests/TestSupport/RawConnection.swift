import NIOConcurrencyHelpers
import NIOCore
import NIOPosix

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// Counts the bytes that come.
private final class ByteCount: ChannelInboundHandler, Sendable {
    typealias InboundIn = ByteBuffer

    let value = NIOLockedValueBox(0)

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let count = unwrapInboundIn(data).readableBytes
        value.withLockedValue { $0 += count }
    }
}

/// Sends raw bytes to a server and reads raw bytes, without an HTTP client.
package enum RawConnection {
    /// Sends all bytes and reads until the server closes.
    /// - Parameters:
    ///   - rest: sent when the first bytes of the response have come.
    ///   - halfCloses: closes the output after that.
    package static func exchange(
        host: String = "127.0.0.1", port: Int, sending bytes: [UInt8], then rest: [UInt8]? = nil,
        halfCloses: Bool = false
    ) async throws -> String {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(.seconds(60))
            .channelOption(.allowRemoteHalfClosure, value: true)
            .connect(host: host, port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                        wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            // A server that rejects early may close while the rest is being sent.
            try? await outbound.write(ByteBuffer(bytes: bytes))
            var answer: [UInt8] = []
            var rest = rest
            do {
                for try await piece in inbound {
                    answer += Array(piece.readableBytesView)
                    if let bytes = rest.take() { try await outbound.write(ByteBuffer(bytes: bytes)) }
                    if halfCloses { outbound.finish() }
                }
            } catch {
                // A reset after the response: the bytes before it count.
            }
            return String(decoding: answer, as: UTF8.self)
        }
    }

    /// Sends all bytes and continues byte by byte until the server closes, for at most half a minute; longer under a
    /// sanitizer.
    /// - Returns: the time until the server closed; nil if it did not.
    package static func insist(
        host: String = "127.0.0.1", port: Int, sending bytes: [UInt8]
    ) async throws -> Duration? {
        let start = ContinuousClock.now
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(.seconds(60))
            .channelOption(.allowRemoteHalfClosure, value: true)
            .connect(host: host, port: port).get()
        try await channel.writeAndFlush(ByteBuffer(bytes: bytes))
        while channel.isActive, start.duration(to: .now) < .seconds(30) * TestPace.slowdown {
            // Only a failed write shows that the server has closed.
            try? await channel.writeAndFlush(ByteBuffer(bytes: [0]))
            try await Task.sleep(for: .milliseconds(20))
        }
        let isThere = channel.isActive
        try? await channel.close()
        return isThere ? nil : start.duration(to: .now)
    }

    /// Sends all bytes, reads nothing until `wait` returns, and then reads until the server closes.
    /// - Returns: the number of bytes that came.
    package static func stall(
        host: String = "127.0.0.1", port: Int, sending bytes: [UInt8], until wait: @Sendable () async throws -> Void
    ) async throws -> Int {
        let count = ByteCount()
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(.seconds(60))
            .channelOption(.autoRead, value: false)
            .channelInitializer { channel in channel.pipeline.addHandler(count) }
            .connect(host: host, port: port).get()
        try await channel.writeAndFlush(ByteBuffer(bytes: bytes))
        try await wait()
        try await channel.setOption(.autoRead, value: true).get()
        try? await channel.closeFuture.get()
        return count.value.withLockedValue { $0 }
    }

    /// Sends all bytes and closes without waiting for a response.
    /// - Parameter resets: true if the connection ends with RST instead of FIN.
    package static func abandon(
        host: String = "127.0.0.1", port: Int, sending bytes: [UInt8], resets: Bool = false
    ) async throws {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(.seconds(60))
            .connect(host: host, port: port).get()
        try await channel.writeAndFlush(ByteBuffer(bytes: bytes))
        if resets, let options = channel as? any SocketOptionProvider {
            try await options.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        }
        try await channel.close()
    }
}
