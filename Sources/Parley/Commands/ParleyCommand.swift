import ArgumentParser
import Configuration
import Logging
import SpecServer
import SpecStorage
import UnixSignals

#if canImport(Glibc)
    @preconcurrency import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// `parley`: serves, migrates, or checks its configuration.
@main struct ParleyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "parley", abstract: "One-to-one messaging over HTTP.",
        discussion: """
            Everything is set by the environment: HOST, PORT, ADMIN_PORT, DATABASE_URL, MEDIA_URL, JWT_SECRET, \
            LOG_LEVEL, LOG_FORMAT, RATE_LIMITS. A bad value is one line that names the variable, and exit code 78.
            """,
        subcommands: [Serve.self, Migrate.self, Check.self], defaultSubcommand: Serve.self)
}

/// `parley serve`
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Serves until it is asked to stop.")

    func run() async throws {
        try await Refusal.orExit {
            let settings = try Start.settings()
            let output = LogOutput(file: 1)
            let style: LogStyle = settings.logFormat == .json ? .json : .text
            let logger = Logger(label: "parley") { _ in
                LineLogHandler(output, style: style, level: settings.logLevel)
            }
            var options = App.Options()
            if settings.logLevel <= .info { options.accessLog = AccessLog(output, style: style) }
            options.onListening = { Greeting(settings: settings, port: $0).say(to: output, logger) }
            try ListenAddress(host: settings.host, port: settings.port, variable: "PORT").check()
            try await App(settings: settings, logger: logger, options: options).run(signals: [.sigterm, .sigint])
            output.flush()
        }
    }
}

/// `parley migrate`
struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Brings the database up to date.")

    func run() async throws {
        try await Refusal.orExit {
            let settings = try Start.settings()
            try Database.open(settings).close()
            print("\(settings.databasePath) is up to date")
        }
    }
}

/// `parley check`
struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Checks the configuration and the database.")

    func run() async throws {
        try await Refusal.orExit {
            let settings = try Start.settings()
            print("configuration: ok")
            _ = try settings.secrets.secrets()
            print("secrets: ok")
            let store = try Database.open(settings)
            try await store.check()
            try store.close()
            print("database: ok (\(settings.databasePath))")
            print("mails: files in \(settings.outboxFolder)")
        }
    }
}

/// What every command begins with.
enum Start {
    static func settings() throws -> Settings {
        signal(SIGPIPE, SIG_IGN)
        return try Settings(Environment(EnvironmentVariablesProvider()), isTerminal: isatty(1) == 1)
    }
}

/// Turns settings that cannot be used into one line and exit code 78.
enum Refusal {
    static func orExit(_ work: () async throws -> Void) async throws {
        do {
            try await work()
        } catch let error as SettingsError {
            let line = Array("parley: \(error)\n".utf8)
            _ = write(2, line, line.count)
            throw ExitCode(SettingsError.exitCode)
        }
    }
}
