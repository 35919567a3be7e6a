package import Logging
import NIOCore
import NIOPosix
import ParleyContract
import ParleyServices
import ServiceLifecycle
package import SpecCore
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
        /// The clock of whatever expires.
        package var now: @Sendable () -> Timestamp = { .now() }
        /// How many bytes of files a user can keep.
        package var mediaBytesPerUserMax = MediaFiles.bytesPerUserMax
        /// Stands between the requests and the database; what goes on beside them has the database itself.
        package var watching: @Sendable (any Store) -> any Store = { $0 }

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
        OpenFiles.raise()
        let secrets = try settings.secrets.secrets()
        let database = try await Database.open(settings, logger)
        let store = options.watching(database.store)
        let keys = ServerKeys(secrets: secrets)
        let tokens = await Tokens(keys: keys)
        let cache = SessionCache()
        if let bus = database.bus { cache.follow(bus) }
        let hasher = PasswordHasher(cost: options.passwordCost, parallelMax: max(1, System.coreCount - 1))
        let lastSeen = LastSeen()
        let references = References(keys: keys, now: options.now)
        let secondFactor = SecondFactor(keys: keys)
        let objects = try Objects.open(settings)
        let endpoints = try endpoints(
            Parts(
                store: store, objects: objects, hasher: hasher, keys: keys, tokens: tokens, references: references,
                secondFactor: secondFactor, cache: cache, lastSeen: lastSeen))
        let authenticator = ReferenceAuthenticator(
            references: references,
            others: SessionAuthenticator(
                store: store, tokens: tokens, cache: cache, lastSeen: lastSeen, now: options.now))
        let answers = KeptAnswers(store: store, keys: keys, references: references, now: options.now)
        var services: [any Service] = [
            Courier(store: database.store, sender: try Mails.sender(settings), logger: logger, now: options.now),
            Housekeeper(
                store: database.store, secondFactor: secondFactor, operations: endpoints.map(\.operation),
                logger: logger, now: options.now),
            LastSeenWriter(lastSeen: lastSeen, store: database.store, logger: logger),
            publicListener(endpoints, authenticator, answers),
        ]
        if let admin = try adminListener(endpoints, authenticator) { services.insert(admin, at: 0) }
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: services.map { .init(service: $0, successTerminationBehavior: .gracefullyShutdownGroup) },
                gracefulShutdownSignals: signals, logger: logger))
        let end: Result<Void, any Error>
        do { end = .success(try await group.run()) } catch { end = .failure(error) }
        try await database.close()
        try end.get()
    }

    /// What services share.
    private struct Parts {
        let store: any Store
        let objects: any MediaStore
        let hasher: PasswordHasher
        let keys: ServerKeys
        let tokens: Tokens
        let references: References
        let secondFactor: SecondFactor
        let cache: SessionCache
        let lastSeen: LastSeen
    }

    private func endpoints(_ parts: Parts) throws -> [Endpoint] {
        let (store, objects, keys, now) = (parts.store, parts.objects, parts.keys, options.now)
        let references = parts.references
        let passwords = try PasswordCheck(store: store, hasher: parts.hasher)
        let revocations = Revocations(cache: parts.cache)
        return Routes.endpoints(
            accounts: Accounts(
                store: store, objects: objects, hasher: parts.hasher, passwords: passwords, revocations: revocations,
                now: now),
            sessions: Sessions(
                store: store, passwords: passwords, secondFactor: parts.secondFactor,
                issuer: SessionIssuer(tokens: parts.tokens, references: references), revocations: revocations, now: now),
            passwords: Passwords(
                store: store, hasher: parts.hasher, passwords: passwords, secondFactor: parts.secondFactor,
                revocations: revocations, now: now),
            users: Users(store: store, objects: objects, references: references, now: now),
            twoFactor: TwoFactor(store: store, passwords: passwords, secondFactor: parts.secondFactor, now: now),
            media: MediaFiles(
                store: store, objects: objects, references: references,
                bytesPerUserMax: options.mediaBytesPerUserMax, now: now),
            contacts: Contacts(store: store, keys: keys, references: references, now: now),
            presence: Presences(store: store, lastSeen: parts.lastSeen),
            messages: Messages(store: store, keys: keys, references: references, now: now),
            statuses: Statuses(store: store, now: now), reactions: Reactions(store: store, now: now),
            conversations: Conversations(store: store, keys: keys, references: references),
            sync: EventFeed(store: store, references: references), system: SystemStatus(store: store))
    }

    private func publicListener(
        _ endpoints: [Endpoint], _ authenticator: any Authenticator, _ answers: any OnceLog
    ) -> HTTPService {
        var configuration = HTTPService.Configuration(host: settings.host, port: settings.port)
        configuration.accessLog = options.accessLog
        configuration.limits = Routes.limits
        configuration.bounds.connectionsMax = OpenFiles.connections(atMost: configuration.bounds.connectionsMax)
        configuration.onceLog = answers
        configuration.origins = settings.origins.isEmpty ? nil : CrossOrigins(settings.origins)
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
        _ endpoints: [Endpoint], _ authenticator: any Authenticator
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
