package import Logging
import NIOCore
import NIOPosix
import ParleyContract
import ParleyServices
import ServiceLifecycle
package import SpecCore
import SpecOutbound
package import SpecServer
import SpecStorage
package import UnixSignals

/// The server as a whole: connects its parts and runs them until it is asked to stop.
package struct App: Sendable {
    /// Options that tests set and the command line does not.
    package struct Options: Sendable {
        /// The cost factor of bcrypt.
        package var passwordCost: UInt = 12
        /// The access log; nil if requests are not logged.
        package var accessLog: AccessLog?
        /// Called once both listeners take requests.
        package var onListening: @Sendable (ListenerPorts) async -> Void = { _ in }
        /// The clock for everything that expires.
        package var now: @Sendable () -> Timestamp = { .now() }
        /// Makes the limiter of requests, with the clock by which its buckets refill.
        package var limiter: @Sendable () -> any RateLimiter = { LocalRateLimiter() }
        /// The most bytes of files per user.
        package var mediaBytesPerUserMax = Uploads.bytesPerUserMax
        /// The free space of the media store in place of the real one.
        package var freeBytes: (@Sendable () async throws -> Int64?)?
        /// Wraps the store used by request handlers (tests count queries with it). Background services use the
        /// unwrapped store.
        package var watching: @Sendable (any Store) -> any Store = { $0 }

        package init() {}
    }

    /// Lifetime of a signed URL in seconds.
    private static let signedURLSeconds = 600
    /// The paths for monitoring, which both listeners serve.
    private static let monitored = ["/health", "/ready"]

    private let settings: ServerSettings
    private let logger: Logger
    private let options: Options

    package init(settings: ServerSettings, logger: Logger, options: Options) {
        self.settings = settings
        self.logger = logger
        self.options = options
    }

    /// Serves until the task is cancelled or, with `signals`, the process is asked to stop.
    /// - Throws: ``SettingsError`` if it cannot start with these settings.
    package func run(signals: [UnixSignal]) async throws {
        OpenFiles.raise()
        let secrets = try settings.secrets.secrets()
        let sealingSecrets = try sealingSecrets()
        let (objects, mails) = (try Objects.open(settings), try MailSetup.sender(settings))
        let adminAddress = try adminAddress()
        let cache = SessionCache()
        let database = try await Database.open(settings, publisher: cache, logger)
        cache.follow(database.bus)
        let store = options.watching(database.store)
        let keys = ServerKeys(secrets: secrets)
        let sealingKeys = SealingKeys(secrets: sealingSecrets, serverKeys: keys)
        let seals = MailSeals(sealingKeys)
        let tokens = await Tokens(keys: keys)
        let hasher = PasswordHasher(
            cost: options.passwordCost, parallelMax: max(1, System.coreCount - 1),
            waitingPerGroupMax: settings.rateLimits == .on
                ? PasswordHasher.waitingPerGroupMax : PasswordHasher.waitingMax)
        let lastSeen = LastSeen()
        let urlSigner = try URLSigner(
            scheme: Routes.signedURLScheme, authenticator: HMACKeys(secrets: secrets, purpose: "parley reference"),
            lifetimeSeconds: App.signedURLSeconds, now: options.now)
        let secondFactor = SecondFactor(sealingKeys)
        let endpoints = try endpoints(
            Parts(
                store: store, objects: objects, hasher: hasher,
                cursors: PageCursors(authenticator: HMACKeys(secrets: secrets, purpose: "parley cursor")),
                fingerprints: HMACKeys(secrets: secrets, purpose: "parley fingerprint"), tokens: tokens,
                secondFactor: secondFactor, seals: seals, lastSeen: lastSeen))
        let authenticator = SessionAuthenticator(
            store: store, tokens: tokens, cache: cache, lastSeen: lastSeen, now: options.now)
        func idempotencyStore(_ store: any Store) throws -> DatabaseIdempotencyStore {
            try DatabaseIdempotencyStore(
                store: store, table: FrameworkTables.idempotency, fingerprintKeys: keys.fingerprintKeys,
                now: options.now)
        }
        var services: [any Service] = [
            MailDispatcher(
                store: database.store, outbox: FrameworkTables.mailOutbox,
                sender: SealedMailSender(mails, seals: seals), logger: logger, now: options.now),
            Housekeeper(
                store: database.store, objects: objects, secondFactor: secondFactor, logger: logger,
                now: options.now),
            try IdempotencyPruner(
                store: idempotencyStore(database.store), operations: endpoints.map(\.operation), logger: logger),
            LastSeenWriter(lastSeen: lastSeen, store: database.store, logger: logger),
        ]
        if let files = mails as? FileMailSender {
            services.append(MailFileRemover(sender: files, logger: logger, now: options.now))
        }
        if case .sqlite(let path) = settings.database {
            services.append(
                OperatorRequests(databasePath: path, store: database.store, logger: logger, now: options.now))
        }
        let listeners = try listeners(
            adminAddress, endpoints, authenticator, idempotencyStore(store), urlSigner)
        services += listeners
        if !signals.isEmpty { services.append(StopSignals(signals: signals, logger: logger)) }
        let end = await App.run(services, logger)
        try await database.close()
        // Requests that the closed database released.
        for listener in listeners { await listener.settle() }
        try end.get()
        logger.info("stopped")
    }

    /// The secrets that seal; none if those of the server do.
    private func sealingSecrets() throws -> [[UInt8]] {
        if let source = settings.sealingSecrets { return try source.secrets() }
        logger.notice("SEALING_SECRET is not set: the secrets of authenticators are sealed with a key of JWT_SECRET")
        return []
    }

    private static func run(_ services: [any Service], _ logger: Logger) async -> Result<Void, any Error> {
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: services.map { service in
                    // By default the log would name a service by a description of all that it holds.
                    .init(
                        service: service, successTerminationBehavior: .gracefullyShutdownGroup,
                        serviceName: "\(type(of: service))")
                },
                logger: logger))
        do { return .success(try await group.run()) } catch { return .failure(error) }
    }

    /// Dependencies that the services share.
    private struct Parts {
        let store: any Store
        let objects: any MediaStore
        let hasher: PasswordHasher
        let cursors: PageCursors
        let fingerprints: HMACKeys
        let tokens: Tokens
        let secondFactor: SecondFactor
        let seals: MailSeals
        let lastSeen: LastSeen
    }

    private func endpoints(_ parts: Parts) throws -> [Endpoint] {
        let (store, objects, now) = (parts.store, parts.objects, options.now)
        let inspector = ContentInspector()
        let passwords = try PasswordCheck(store: store, hasher: parts.hasher)
        let issuer = SessionIssuer(tokens: parts.tokens)
        let uploads = Uploads(
            bytesPerUserMax: options.mediaBytesPerUserMax,
            freeBytes: options.freeBytes ?? { try await objects.freeBytes() })
        return Routes.endpoints(
            accounts: Accounts(
                store: store, objects: objects, hasher: parts.hasher, passwords: passwords,
                secondFactor: parts.secondFactor, seals: parts.seals, now: now),
            sessions: Sessions(
                store: store, passwords: passwords, secondFactor: parts.secondFactor,
                issuer: issuer, now: now),
            passwords: Passwords(
                store: store, hasher: parts.hasher, passwords: passwords, secondFactor: parts.secondFactor,
                issuer: issuer, seals: parts.seals, now: now),
            twoFactor: TwoFactor(store: store, passwords: passwords, secondFactor: parts.secondFactor, now: now),
            users: Users(store: store, objects: objects, inspector: inspector, uploads: uploads, now: now),
            messages: Messages(
                store: store, objects: objects, cursors: parts.cursors, fingerprints: parts.fingerprints, now: now),
            statuses: Statuses(store: store, now: now), reactions: Reactions(store: store, now: now),
            conversations: Conversations(store: store, cursors: parts.cursors),
            sync: EventFeed(store: store),
            media: MediaFiles(
                store: store, objects: objects, inspector: inspector, uploads: uploads, now: now),
            contacts: Contacts(store: store, cursors: parts.cursors, now: now),
            presence: Presences(store: store, lastSeen: parts.lastSeen),
            system: SystemStatus(store: store, objects: objects))
    }

    // MARK: Listeners

    /// The public listener and, if its port is free, the internal one before it.
    private func listeners(
        _ address: ListenAddress?, _ endpoints: [Endpoint], _ authenticator: any Authenticator,
        _ store: any IdempotencyStore, _ urlSigner: URLSigner
    ) throws -> [HTTPService] {
        let ports = OpenPorts(hasAdmin: address != nil, options.onListening)
        let admin = try address.map { try adminListener($0, endpoints, authenticator) { await ports.setAdmin($0) } }
        let outside = try publicListener(endpoints, authenticator, store, urlSigner) { await ports.setPublic($0) }
        return [admin, outside].compactMap { $0 }
    }

    private func publicListener(
        _ endpoints: [Endpoint], _ authenticator: any Authenticator, _ store: any IdempotencyStore,
        _ urlSigner: URLSigner, _ onListening: @escaping @Sendable (Int) async -> Void
    ) throws -> HTTPService {
        var configuration = HTTPService.Configuration(host: settings.host, port: settings.port)
        configuration.accessLog = options.accessLog
        configuration.limits = Routes.limits
        configuration.bounds.connectionsMax = OpenFiles.connections(atMost: configuration.bounds.connectionsMax)
        configuration.idempotencyStore = store
        configuration.urlSigner = urlSigner
        configuration.origins = settings.origins.isEmpty ? nil : CrossOrigins(settings.origins)
        var pages = DocumentPages(
            openAPI: Documents.openAPI, openAPIYAML: Documents.openAPIYAML, swaggerFolder: SwaggerFolder.find(),
            missingAdvice: """
                scripts/setup fetches them for a build; beside a copied executable belongs a copy of the folder \
                .build/share. Then start the server again.
                """)
        pages.links = App.monitored.map { DocumentPages.Link(String($0.dropFirst()), $0) }
        return try HTTPService(
            configuration, endpoints: endpoints, pages: pages, authenticator: authenticator,
            limiter: settings.rateLimits == .on ? options.limiter() : nil,
            logger: logger, onListening: onListening)
    }

    /// The address of the internal listener; nil if its default port is in use.
    private func adminAddress() throws -> ListenAddress? {
        let address = ListenAddress(host: "127.0.0.1", port: settings.adminPort, variable: "ADMIN_PORT")
        do {
            try address.check()
        } catch let failure as SettingsError where !settings.isAdminPortAsked {
            logger.warning("the internal listener is off: \(failure.message) Set ADMIN_PORT to another port.")
            return nil
        }
        return address
    }

    /// The listener of `/health` and `/ready` for monitoring.
    private func adminListener(
        _ address: ListenAddress, _ endpoints: [Endpoint], _ authenticator: any Authenticator,
        _ onListening: @escaping @Sendable (Int) async -> Void
    ) throws -> HTTPService {
        let inside = endpoints.filter { App.monitored.contains($0.operation.path) }
        return try HTTPService(
            HTTPService.Configuration(host: address.host, port: address.port), endpoints: inside, pages: nil,
            authenticator: authenticator, limiter: nil, logger: logger, onListening: onListening)
    }
}
