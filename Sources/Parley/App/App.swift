package import Logging
import NIOCore
import NIOPosix
import ParleyContract
import ParleyServices
import ServiceLifecycle
import SpecCore
import SpecOutbound
package import SpecServer
import SpecStorage
package import UnixSignals

/// The server as a whole: introduces its parts to each other and runs them until it is asked to stop.
package struct App: Sendable {
    /// What tests choose otherwise than people.
    package struct Options: Sendable {
        /// bcrypt's cost.
        package var passwordCost: UInt = 12
        /// nil: requests are not logged.
        package var accessLog: AccessLog?
        package var onListening: @Sendable (Int) async -> Void = { _ in }

        package init() {}
    }

    private let settings: Settings
    private let logger: Logger
    private let options: Options

    package init(settings: Settings, logger: Logger, options: Options) {
        self.settings = settings
        self.logger = logger
        self.options = options
    }

    /// Serves until the task is cancelled or, with `signals`, the process is asked to stop.
    /// - Throws: ``SettingsError`` when it cannot start with these settings.
    package func run(signals: [UnixSignal]) async throws {
        let secrets = try settings.secrets.secrets()
        let store = try Database.open(settings)
        let keys = ServerKeys(secrets: secrets)
        let tokens = await Tokens(keys: keys)
        let cache = SessionCache()
        let hasher = PasswordHasher(cost: options.passwordCost, parallelMax: max(1, System.coreCount - 1))
        let accounts = try await Accounts(store: store, hasher: hasher, tokens: tokens, cache: cache)
        let status = SystemStatus(store: store)
        let endpoints = Routes.endpoints(
            accounts: accounts, users: Users(store: store), messages: Messages(store: store, keys: keys),
            system: status)
        let authenticator = SessionAuthenticator(store: store, tokens: tokens, cache: cache)
        let sender = FileMailSender(
            folder: settings.outboxFolder, sender: "Parley <no-reply@parley.invalid>", threads: .singleton)
        var services: [any Service] = [
            Courier(store: store, sender: sender, logger: logger), publicListener(endpoints, authenticator),
        ]
        if let admin = try adminListener(endpoints, authenticator) { services.insert(admin, at: 0) }
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: services.map { .init(service: $0, successTerminationBehavior: .gracefullyShutdownGroup) },
                gracefulShutdownSignals: signals, logger: logger))
        try await group.run()
        try store.close()
    }

    private func publicListener(_ endpoints: [Endpoint], _ authenticator: SessionAuthenticator) -> HTTPService {
        var configuration = HTTPService.Configuration(host: settings.host, port: settings.port)
        configuration.accessLog = options.accessLog
        let pages = DocumentPages(
            openAPI: Documents.openAPI, openAPIYAML: Documents.openAPIYAML, swaggerFolder: SwaggerFolder.find(),
            missingAdvice: "scripts/setup fetches them; then start the server again.")
        let limiter: any Limiter = settings.rateLimits == .on ? LocalLimiter() : UnlimitedLimiter()
        return HTTPService(
            configuration, endpoints: endpoints, pages: pages, authenticator: authenticator, limiter: limiter,
            logger: logger, onListening: options.onListening)
    }

    /// `/health` and `/ready` for whoever watches over the server; nil when the port nobody asked for is taken.
    private func adminListener(
        _ endpoints: [Endpoint], _ authenticator: SessionAuthenticator
    ) throws -> HTTPService? {
        let address = ListenAddress(host: "127.0.0.1", port: settings.adminPort, variable: "ADMIN_PORT")
        do {
            try address.check()
        } catch let refusal as SettingsError where !settings.isAdminPortAsked {
            logger.warning("no internal listener: \(refusal.message) ADMIN_PORT chooses another.")
            return nil
        }
        let inside = endpoints.filter { ["/health", "/ready"].contains($0.operation.path) }
        return HTTPService(
            HTTPService.Configuration(host: address.host, port: address.port), endpoints: inside, pages: nil,
            authenticator: authenticator, limiter: UnlimitedLimiter(), logger: logger, onListening: { _ in })
    }
}
