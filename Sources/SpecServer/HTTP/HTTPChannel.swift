import HummingbirdCore
import Logging
import NIOConcurrencyHelpers
import NIOCore
import NIOHTTP1
import SpecCore

/// Sets up the pipeline of each accepted connection: pre-parse handler, HTTP parser, connection handler.
struct HTTPChannel: ServerChildChannel {
    struct Value: ServerChildChannelValue {
        let channel: any Channel
    }

    let dispatcher: Dispatcher
    let bounds: HTTPBounds
    let requests: RequestsUnderWay
    let clock = HTTPClock()
    let connections = ConnectionLimiter()
    let executors = LoopExecutors()

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
        channel.eventLoop.makeCompletedFuture {
            let address = channel.remoteAddress?.ipAddress ?? "local"
            let value = Value(channel: channel)
            guard connections.enter(address, bounds) else {
                channel.close(promise: nil)
                return value
            }
            let connections = connections
            channel.closeFuture.whenComplete { _ in connections.leave(address) }
            try add(to: channel, address)
            return value
        }
    }

    private func add(to channel: any Channel, _ address: String) throws {
        try channel.syncOptions?.setOption(.autoRead, value: false)
        try channel.syncOptions?.setOption(.tcpOption(.tcp_nodelay), value: 1)
        let connection = Connection(
            dispatcher: dispatcher, bounds: bounds, serializer: ResponseSerializer(clock: clock), requests: requests,
            address: address, loop: channel.eventLoop, executor: executors.executor(of: channel.eventLoop))
        let decoder = ByteToMessageHandler(
            HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes, limitConfiguration: limits))
        try channel.pipeline.syncOperations.addHandlers([PreParseHandler(connection), decoder, connection])
    }

    /// The parser's limits. It buffers no more of a head than is allowed; the length is checked on the whole head.
    private var limits: NIOHTTPDecoderLimitConfiguration {
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = bounds.headBytesMax
        limits.maxHeaderListSize = bounds.headBytesMax
        limits.maxHeaderFieldCount = bounds.headFieldsMax
        return limits
    }

    func handle(value: Value, logger: Logger) async {
        try? await value.channel.closeFuture.get()
    }
}

/// Counts connections per address and in all.
final class ConnectionLimiter: Sendable {
    private let state = NIOLockedValueBox((total: 0, byAddress: [String: Int]()))

    /// Registers a connection; returns false if there are too many already.
    func enter(_ address: String, _ bounds: HTTPBounds) -> Bool {
        state.withLockedValue { state in
            let count = state.byAddress[address, default: 0]
            guard count < bounds.connectionsPerAddressMax, state.total < bounds.connectionsMax else { return false }
            state.byAddress[address] = count + 1
            state.total += 1
            return true
        }
    }

    func leave(_ address: String) {
        state.withLockedValue { state in
            state.total -= 1
            let count = state.byAddress[address, default: 1] - 1
            state.byAddress[address] = count > 0 ? count : nil
        }
    }
}

/// One task executor per event loop.
final class LoopExecutors: Sendable {
    private let executors = NIOLockedValueBox([ObjectIdentifier: LoopExecutor]())

    func executor(of loop: any EventLoop) -> LoopExecutor {
        executors.withLockedValue { executors in
            if let known = executors[ObjectIdentifier(loop)] { return known }
            let executor = LoopExecutor(loop)
            executors[ObjectIdentifier(loop)] = executor
            return executor
        }
    }
}
