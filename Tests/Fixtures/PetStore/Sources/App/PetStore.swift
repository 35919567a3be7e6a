import Contract
import Logging
import ServiceLifecycle
import Services
import SpecCore
import SpecServer
import SpecStorage
import UnixSignals

/// `App PORT DATABASE KEY`: serves the pet store on loopback until it is stopped.
@main struct PetStore {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 4, let port = Int(arguments[1]) else { return print("usage: App PORT DATABASE KEY") }
        do {
            try await serve(port: port, database: arguments[2], key: arguments[3])
        } catch let error as ConfigurationError {
            error.exit(from: "App")
        }
    }

    private static func serve(port: Int, database: String, key: String) async throws {
        let output = LogOutput(file: 1)
        let logger = Logger(label: "pets") { _ in LineLogHandler(output, style: .json, level: .info) }
        let store = try SQLiteStore(
            path: database, migrations: Migrations.all, eventLog: FrameworkTables.eventLog,
            publisher: LoggingPublisher(logger: logger))
        let responses = try DatabaseIdempotencyStore(
            store: store, table: FrameworkTables.idempotency, fingerprintKeys: [Array("the fingerprints' key".utf8)])
        let endpoints = endpoints(store)
        var configuration = HTTPService.Configuration(host: "127.0.0.1", port: port)
        configuration.idempotencyStore = responses
        configuration.policies = [ServerTiming(), LunchBreak()]
        let service = try HTTPService(
            configuration, endpoints: endpoints, pages: pages,
            authenticator: ShopKey(key), limiter: LocalRateLimiter(), logger: logger,
            onListening: { logger.info("listening", metadata: ["port": "\($0)"]) })
        let group = ServiceGroup(
            services: [
                service,
                IdempotencyPruner(store: responses, operations: endpoints.map(\.operation), logger: logger),
            ], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
        try await group.run()
        try await store.close()
        output.flush()
    }

    private static func endpoints(_ store: SQLiteStore) -> [Endpoint] {
        Routes.endpoints(pets: Pets(store: store), orders: Orders(store: store), default: Hours())
    }

    private static var pages: DocumentPages {
        DocumentPages(
            openAPI: Documents.openAPI, openAPIYAML: Documents.openAPIYAML, swaggerFolder: SwaggerFolder.find(),
            missingAdvice: "run ../../../scripts/setup docs .build/share, then start the server again.")
    }
}
