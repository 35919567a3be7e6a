import BenchContract
import Logging
import SpecCore
import SpecServer

/// Our server with the contract that was generated from the benchmarks' spec.
enum ParleySide {
    static func run(accessLog: Bool) async throws {
        var configuration = HTTPService.Configuration(host: "127.0.0.1", port: 0)
        if accessLog { configuration.accessLog = AccessLog(LogOutput(file: 1), style: .json) }
        var logger = Logger(label: "parley")
        logger.logLevel = .warning
        let service = try HTTPService(
            configuration, endpoints: Routes.endpoints(bench: Echoing()), pages: nil,
            authenticator: RejectingAuthenticator(), limiter: nil, logger: logger,
            onListening: { Announcement.say(port: $0) })
        try await service.run()
    }
}

/// Echoes the message.
private struct Echoing: BenchService {
    func health(_ input: HealthOperation.Input, _ context: Context) async throws -> HealthOperation.Output {
        .ok(Health(status: "ok"))
    }

    func echo(_ input: Echo.Input, _ context: Context) async throws -> Echo.Output { .created(input.body) }
}

/// An authenticator for the benchmarks' spec, which requires no authentication.
private struct RejectingAuthenticator: Authenticator {
    func caller(with credential: Credential) async throws -> Caller {
        throw Problem(.unauthenticated, "There are no credentials.")
    }
}
