import HummingbirdCore
public import Logging
import NIOConcurrencyHelpers
import NIOCore
import NIOPosix
public import ServiceLifecycle
public import SpecCore

/// Serves the operations of a spec over HTTP/1.1 until it is asked to stop.
///
/// Stopping: the listener closes, idle connections close at once, requests under way finish within
/// ``HTTPBounds/shutdownSeconds``, also those of clients that have hung up.
public struct HTTPService: Service {
    /// Listen address, bounds and policies of the server.
    public struct Configuration: Sendable {
        public var host: String
        /// The port; 0 lets the system choose one.
        public var port: Int
        public var bounds = HTTPBounds()
        /// The access log; nil if requests are not logged.
        public var accessLog: AccessLog?
        /// The store for responses of operations with `x-idempotency`; nil if the spec has none.
        public var idempotencyStore: (any IdempotencyStore)?
        /// The signer of URLs (`x-signed`); nil if the spec has none.
        public var urlSigner: URLSigner?
        /// Rate limits of requests that match no operation: pages and unknown paths.
        public var limits: [RateLimit] = []
        /// The allowed CORS origins; nil allows only the server's own.
        public var origins: CrossOrigins?
        /// Further policies, in the order in which they see a request: after authentication, negotiation and rate
        /// limits, and before idempotency.
        public var policies: [any Policy] = []

        public init(host: String, port: Int) {
            self.host = host
            self.port = port
        }
    }

    private let configuration: Configuration
    /// The time after the last connection was closed, in which its request ends.
    private static let lastMilliseconds: Int64 = 500

    private let dispatcher: Dispatcher
    private let requests = RequestsUnderWay()
    private let loop = MultiThreadedEventLoopGroup.singleton.next()
    private let logger: Logger
    /// A warning about missing files, logged once requests are taken.
    private let pagesWarning: String?
    private let onListening: @Sendable (Int) async -> Void

    /// - Parameters:
    ///   - pages: the documents and `/docs`; nil for a listener without.
    ///   - limiter: the rate limiter; nil if rate limits are off.
    ///   - onListening: called with the port once requests are taken.
    /// - Throws: ``ConfigurationError`` if the configuration lacks what an operation needs.
    public init(
        _ configuration: Configuration, endpoints: [Endpoint], pages: DocumentPages?,
        authenticator: any Authenticator, limiter: (any RateLimiter)?, logger: Logger,
        onListening: @escaping @Sendable (Int) async -> Void
    ) throws {
        self.configuration = configuration
        self.logger = logger
        self.onListening = onListening
        let (pages, warning) = pages?.pages ?? (Pages([:]), nil)
        pagesWarning = warning
        dispatcher = try Dispatcher(
            endpoints: endpoints, pages: pages,
            policies: PolicyConfiguration(
                authenticator: authenticator, urlSigner: configuration.urlSigner, limiter: limiter,
                limits: configuration.limits, idempotencyStore: configuration.idempotencyStore,
                origins: configuration.origins,
                accessLog: configuration.accessLog, others: configuration.policies, logger: logger))
    }

    /// - Throws: `IOError` when the address cannot be bound.
    public func run() async throws {
        var quiet = logger
        quiet.logLevel = max(logger.logLevel, .warning)
        let (onListening, logger, warning) = (onListening, logger, pagesWarning)
        let channel = HTTPChannel(dispatcher: dispatcher, bounds: configuration.bounds, requests: requests)
        let server = channel.server(
            configuration: ServerConfiguration(
                address: .hostname(configuration.host, port: configuration.port), backlog: 1_024),
            onServerRunning: {
                await onListening($0.localAddress?.port ?? 0)
                if let warning { logger.warning("\(warning)") }
            },
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton, logger: quiet)
        let stop = NIOLockedValueBox<NIODeadline?>(nil)
        try await withTaskCancellationOrGracefulShutdownHandler {
            try await server.run()
        } onCancelOrGracefulShutdown: {
            stop.withLockedValue { $0 = $0 ?? .now() }
        }
        let start = stop.withLockedValue { $0 } ?? .now()
        await requests.wait(
            until: start + .seconds(Int64(configuration.bounds.shutdownSeconds)) + .milliseconds(Self.lastMilliseconds),
            on: loop)
    }

    /// Waits a moment for requests that were still under way when ``run()`` returned.
    ///
    /// To be called once their services have ended: then they fail, and are logged.
    public func settle() async { await requests.wait(until: .now() + .milliseconds(Self.lastMilliseconds), on: loop) }
}
