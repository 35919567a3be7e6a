import NIOCore
import NIOHTTP1
import NIOPosix

/// A client connection that sends a request and waits for its response.
package enum HTTPConnection {
    /// A failure between two parts of a response.
    package enum Failure: Error {
        /// The connection ended before the response did.
        case closed
    }

    /// Opens a connection for as long as `body` runs.
    ///
    /// - Parameter source: the client's address, such as another one of the loopback network.
    package static func open<Result: Sendable>(
        host: String = "127.0.0.1", port: Int, from source: String? = nil,
        _ body: @Sendable (inout Exchange) async throws -> Result
    ) async throws -> Result {
        var bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(.seconds(60))
            .channelOption(.socketOption(.tcp_nodelay), value: 1)
        if let source { bootstrap = bootstrap.bind(to: try SocketAddress(ipAddress: source, port: 0)) }
        let channel = try await bootstrap.connect(host: host, port: port) { channel in
            channel.eventLoop.makeCompletedFuture {
                try channel.pipeline.syncOperations.addHTTPClientHandlers()
                return try NIOAsyncChannel<HTTPClientResponsePart, HTTPClientRequestPart>(
                    wrappingChannelSynchronously: channel)
            }
        }
        return try await channel.executeThenClose { inbound, outbound in
            var exchange = Exchange(
                inbound: inbound.makeAsyncIterator(), outbound: outbound, host: "\(host):\(port)")
            return try await body(&exchange)
        }
    }

    /// The two directions of an open connection.
    package struct Exchange {
        var inbound: NIOAsyncChannelInboundStream<HTTPClientResponsePart>.AsyncIterator
        let outbound: NIOAsyncChannelOutboundWriter<HTTPClientRequestPart>
        let host: String

        /// Sends a request and reads the whole response.
        package mutating func send(_ request: Request) async throws -> Reply {
            do {
                try await write(request)
            } catch {
                // A server that rejects early closes while the body is still being sent; its response came before.
            }
            return try await reply()
        }

        /// Sends a request without reading its response.
        package func write(_ request: Request) async throws {
            var headers = HTTPHeaders(request.fields.map { ($0.key, $0.value) })
            if !headers.contains(name: "Host") { headers.add(name: "Host", value: host) }
            if let body = request.body { headers.add(name: "Content-Length", value: "\(body.count)") }
            let head = HTTPRequestHead(
                version: .http1_1, method: HTTPMethod(rawValue: request.method), uri: request.target, headers: headers)
            try await outbound.write(.head(head))
            if let body = request.body { try await outbound.write(.body(.byteBuffer(ByteBuffer(bytes: body)))) }
            try await outbound.write(.end(nil))
        }

        private mutating func reply() async throws -> Reply {
            var status = 0
            var fields: [(name: String, value: String)] = []
            var body: [UInt8] = []
            while let part = try await inbound.next(isolation: #isolation) {
                switch part {
                case .head(let head):
                    status = Int(head.status.code)
                    fields = head.headers.map { (name: $0.name, value: $0.value) }
                case .body(let bytes): body += Array(bytes.readableBytesView)
                case .end where status >= 200: return Reply(status: status, fields: fields, body: body)
                case .end: continue
                }
            }
            throw Failure.closed
        }
    }
}
