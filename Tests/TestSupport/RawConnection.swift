import NIOCore
import NIOPosix

/// Bytes to a server and whatever comes back, with no HTTP in between.
package enum RawConnection {
    /// Sends all bytes and reads until the server closes.
    /// - Parameters:
    ///   - rest: sent when the first bytes of the answer are there.
    ///   - halfCloses: whether that ends what is sent.
    package static func exchange(
        host: String = "127.0.0.1", port: Int, sending bytes: [UInt8], then rest: [UInt8]? = nil,
        halfCloses: Bool = false
    ) async throws -> String {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .connect(host: host, port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(
                        wrappingChannelSynchronously: channel, configuration: .init(isOutboundHalfClosureEnabled: true))
                }
            }
        return try await channel.executeThenClose { inbound, outbound in
            // A server that refuses early may close while the rest is under way.
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
                // A reset after the answer: what came before it counts.
            }
            return String(decoding: answer, as: UTF8.self)
        }
    }

    /// Sends all bytes and goes on byte by byte until the server has gone, at most for half a minute.
    /// - Returns: how long the server was there; nil: it still is.
    package static func insist(
        host: String = "127.0.0.1", port: Int, sending bytes: [UInt8]
    ) async throws -> Duration? {
        let start = ContinuousClock.now
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.allowRemoteHalfClosure, value: true)
            .connect(host: host, port: port).get()
        try await channel.writeAndFlush(ByteBuffer(bytes: bytes))
        while channel.isActive, start.duration(to: .now) < .seconds(30) {
            // Only a byte that nobody takes tells that the server has gone.
            try? await channel.writeAndFlush(ByteBuffer(bytes: [0]))
            try await Task.sleep(for: .milliseconds(20))
        }
        let isThere = channel.isActive
        try? await channel.close()
        return isThere ? nil : start.duration(to: .now)
    }

    /// Sends all bytes and goes away without waiting for an answer.
    package static func abandon(host: String = "127.0.0.1", port: Int, sending bytes: [UInt8]) async throws {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: host, port: port).get()
        try await channel.writeAndFlush(ByteBuffer(bytes: bytes))
        try await channel.close()
    }
}
