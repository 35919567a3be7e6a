import ArgumentParser
import Configuration
import Logging
import SpecCore
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
            Everything is set by the environment: HOST, PORT, ADMIN_PORT, DATABASE_URL, MEDIA_URL, CORS_ORIGINS, \
            SMTP_URL, JWT_SECRET, LOG_LEVEL, LOG_FORMAT, RATE_LIMITS. A bad value is one line that names the variable, and exit code 78.
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

    @Flag(help: "Change nothing; say what the database has otherwise than the schema, and exit with 1 if it does.")
    var check = false

    func run() async throws {
        try await Refusal.orExit {
            let settings = try Start.settings()
            if check { return try await compare(settings) }
            try await Database.open(settings, Start.quiet).close()
            print("\(settings.database.description) is up to date")
        }
    }

    private func compare(_ settings: Settings) async throws {
        let differences = try await Database.differences(settings)
        for difference in differences { print(difference) }
        guard differences.isEmpty else { throw ExitCode.failure }
        print("\(settings.database.description) is as the schema says")
    }
}

/// `parley check`
struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Checks the configuration, the database, the media store and the mail relay.")

    func run() async throws {
        try await Refusal.orExit {
            let settings = try Start.settings()
            print("configuration: ok")
            _ = try settings.secrets.secrets()
            print("secrets: ok")
            let database = try await Database.open(settings, Start.quiet)
            try await database.store.check()
            try await database.close()
            print("database: ok (\(settings.database.description))")
            _ = try Objects.open(settings)
            print("media: ok (\(settings.mediaFolder))")
            print("mails: \(try await Mails.check(settings))")
        }
    }
}

/// What every command begins with.
enum Start {
    /// For commands whose own lines say everything.
    static var quiet: Logger { Logger(label: "parley") { _ in SwiftLogNoOpLogHandler() } }

    static func settings() throws -> Settings {
        // Both come back as the error of a write, for whoever wrote: a gone reader, a file that may not grow.
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
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
