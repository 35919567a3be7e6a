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
            All settings are environment variables: HOST, PORT, ADMIN_PORT, DATABASE_URL, \
            DATABASE_CONNECTIONS, MEDIA_URL, CORS_ORIGINS, SMTP_URL, JWT_SECRET, SEALING_SECRET, LOG_LEVEL, LOG_FORMAT, RATE_LIMITS. \
            An invalid value ends the command with one line that names the variable, and exit code 78.
            """,
        version: Version.current,
        subcommands: [Serve.self, Migrate.self, Check.self, SessionsCommand.self], defaultSubcommand: Serve.self)
}

/// `parley serve`
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Serves until it is asked to stop.")

    func run() async throws {
        try await SettingsFailure.orExit {
            let settings = try Start.settings()
            let output = LogOutput(file: 1)
            let style: LogStyle = settings.logFormat == .json ? .json : .text
            let logger = Logger(label: "parley") { _ in
                LineLogHandler(output, style: style, level: settings.logLevel)
            }
            var options = App.Options()
            if settings.logLevel <= .info { options.accessLog = AccessLog(output, style: style) }
            options.onListening = { Greeting(settings: settings, ports: $0).say(to: output, logger) }
            // A closed terminal is no reason to stop.
            signal(SIGHUP, SIG_IGN)
            defer { output.flush() }
            try ListenAddress(host: settings.host, port: settings.port, variable: "PORT").check()
            try await App(settings: settings, logger: logger, options: options).run(signals: [.sigterm, .sigint])
        }
    }
}

/// `parley migrate`
struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Applies pending migrations to the database.")

    @Flag(help: "Change nothing; print how the database differs from the schema, and exit with 1 if it does.")
    var check = false

    func run() async throws {
        try await SettingsFailure.orExit {
            let settings = try Start.settings()
            if check { return try await compare(settings) }
            try await Database.open(settings, publisher: nil, Start.quiet).close()
            print("\(settings.database.description) is up to date")
        }
    }

    private func compare(_ settings: ServerSettings) async throws {
        let drift = try await Database.drift(settings)
        for difference in drift { print(difference) }
        guard drift.isEmpty else { throw ExitCode.failure }
        print("\(settings.database.description) matches the schema")
    }
}

/// `parley check`
struct Check: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Checks the configuration, the database, the media store and the mail relay; changes nothing.")

    func run() async throws {
        try await SettingsFailure.orExit {
            let settings = try Start.settings()
            print("configuration: ok")
            print("secrets: \(try Self.text([settings.secrets, settings.sealingSecrets].compactMap { $0 }))")
            print("database: \(Self.text(try await Database.state(settings), settings.database.description))")
            print("media: \(try Objects.check(settings))")
            print("mails: \(try await MailSetup.check(settings))")
        }
    }

    private static func text(_ secrets: [SecretSource]) throws -> String {
        let missing = try secrets.compactMap { try $0.missingFile() }
        return missing.isEmpty ? "ok" : "ok (the first start generates \(missing.joined(separator: " and ")))"
    }

    private static func text(_ state: DatabaseState, _ name: String) -> String {
        switch state {
        case .absent: "not there yet (\(name)); the first start creates it"
        case .present(pending: []): "ok (\(name))"
        case .present(let pending): "ok (\(name)); the next start applies \(pending.joined(separator: ", "))"
        }
    }
}

/// Setup that every command begins with.
enum Start {
    /// A silent logger, for commands that print their own lines.
    static var quiet: Logger { Logger(label: "parley") { _ in SwiftLogNoOpLogHandler() } }

    static func settings() throws -> ServerSettings {
        // Both are then reported as errors of the write: a closed reader, a file that may not grow.
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
        return try ServerSettings(Environment(EnvironmentVariablesProvider()), isTerminal: isatty(1) == 1)
    }
}

/// Writes messages of commands.
enum StandardError {
    static func write(_ message: String) {
        let line = Array("parley: \(message)\n".utf8)
        _ = systemWrite(2, line, line.count)
    }
}

/// Reports invalid settings as one line on standard error and exits with code 78.
enum SettingsFailure {
    static func orExit(_ work: () async throws -> Void) async throws {
        do {
            try await work()
        } catch let error as SettingsError {
            StandardError.write("\(error)")
            throw ExitCode(SettingsError.exitCode)
        } catch let error as ConfigurationError {
            error.exit(from: "parley")
        }
    }
}
