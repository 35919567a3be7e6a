import HummingbirdCore
public import Logging
import NIOCore
import NIOPosix
public import ServiceLifecycle
public import SpecCore

/// Serves the operations of a spec over HTTP/1.1 until it is asked to stop.
///
/// Stopping: the listener closes, idle connections close at once, requests under way finish within
/// ``HTTPBounds/shutdownSeconds``.
public struct HTTPService: Service {
    /// Where to listen and what with.
    public struct Configuration: Sendable {
        public var host: String
        /// 0 lets the system choose.
        public var port: Int
        public var bounds = HTTPBounds()
        /// nil: requests are not logged.
        public var accessLog: AccessLog?
        /// Where the answers of operations with `x-idempotency` are kept.
        public var onceLog: (any OnceLog)?
        /// What limits requests that no operation answers: pages and paths that are not there.
        public var limits: [RateLimit] = []
        /// The origins whose pages may ask; nil: only the server's own.
        public var origins: CrossOrigins?

        public init(host: String, port: Int) {
            self.host = host
            self.port = port
        }
    }

    private let configuration: Configuration
    private let door: Door
    private let logger: Logger
    private let onListening: @Sendable (Int) async -> Void

    /// - Parameters:
    ///   - pages: the documents and `/docs`; nil for a listener without.
    ///   - onListening: called with the port once requests are taken.
    public init(
        _ configuration: Configuration, endpoints: [Endpoint], pages: DocumentPages?,
        authenticator: any Authenticator, limiter: any Limiter, logger: Logger,
        onListening: @escaping @Sendable (Int) async -> Void
    ) {
        self.configuration = configuration
        self.logger = logger
        self.onListening = onListening
        door = Door(
            endpoints: endpoints, pages: pages?.pages ?? Pages([:]), authenticator: authenticator, limiter: limiter,
            limits: configuration.limits, onceLog: configuration.onceLog, origins: configuration.origins,
            log: configuration.accessLog,
            logger: logger)
    }

    /// - Throws: `IOError` when the address cannot be bound.
    public func run() async throws {
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        let onListening = onListening
        let channel = HTTPChannel(door: door, bounds: configuration.bounds)
        let server = channel.server(
            configuration: ServerConfiguration(
                address: .hostname(configuration.host, port: configuration.port), backlog: 1_024),
            onServerRunning: { await onListening($0.localAddress?.port ?? 0) },
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: quiet)
        try await server.run()
    }
}
