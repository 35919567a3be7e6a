package import Logging
import SpecCore
package import SpecOutbound
import SpecStorage

/// The settings of the server, read from the environment and checked as a whole before anything starts.
package struct ServerSettings: Sendable {
    package enum LogFormat: String, Sendable, CaseIterable {
        case text, json
    }

    package enum RateLimits: String, Sendable, CaseIterable {
        case on, off
    }

    /// Each connection for changes has a thread.
    private static let databaseConnectionsMax = 200

    /// The host of the public listener.
    package var host: String
    package var port: Int
    /// The port of the internal listener, always on loopback.
    package var adminPort: Int
    /// True if `ADMIN_PORT` was set: then the port must be free.
    package var isAdminPortAsked: Bool
    package var database: DatabaseAddress
    /// The number of connections to PostgreSQL.
    package var databaseConnections: Int
    /// The folder of the media.
    package var mediaFolder: String
    /// The allowed CORS origins.
    package var origins: Set<String>
    /// The folder for mails if there is no relay.
    package var outboxFolder: String
    /// The mail relay; nil if mails are written to files.
    package var smtp: SMTPRelay?
    package var secrets: SecretSource
    /// The source of the sealing secret; nil if the server's secrets seal.
    package var sealingSecrets: SecretSource?
    package var logLevel: Logger.Level
    package var logFormat: LogFormat
    package var rateLimits: RateLimits

    /// - Parameter isTerminal: true if standard output is a terminal.
    /// - Throws: ``SettingsError``.
    package init(_ environment: Environment, isTerminal: Bool) throws {
        try ServerSettings.refuseLater(environment)
        host = try environment.text("HOST") ?? "127.0.0.1"
        port = try environment.port("PORT", default: 8_080)
        adminPort = try environment.port("ADMIN_PORT", default: 8_081)
        isAdminPortAsked = try environment.text("ADMIN_PORT") != nil
        database = try DatabaseAddress(environment.text("DATABASE_URL") ?? "sqlite:var/parley.db")
        databaseConnections = try environment.number(
            "DATABASE_CONNECTIONS", in: PostgresStore.connectionsMin...ServerSettings.databaseConnectionsMax,
            default: PostgresStore.connectionsDefault)
        mediaFolder = try MediaURL.folder(environment.text("MEDIA_URL") ?? "file:var/media")
        origins = try OriginList.read(environment.text("CORS_ORIGINS"))
        outboxFolder = "var/outbox"
        smtp = try environment.text("SMTP_URL").map(SMTPURL.relay)
        secrets = try SecretSource(environment.text("JWT_SECRET"), .signing)
        sealingSecrets = try ServerSettings.sealingSecrets(environment, database, secrets)
        logLevel = try environment.choice("LOG_LEVEL", default: Logger.Level.info)
        logFormat = try environment.choice("LOG_FORMAT", default: isTerminal ? LogFormat.text : .json)
        rateLimits = try environment.choice("RATE_LIMITS", default: RateLimits.on)
        try checkListeners()
    }

    /// The nodes of a shared database must seal with one secret, so none of them generates one for itself.
    private static func sealingSecrets(
        _ environment: Environment, _ database: DatabaseAddress, _ secrets: SecretSource
    ) throws -> SecretSource? {
        let source = try SecretSource(environment.text(SecretSetting.sealing.variable), .sealing)
        if case .given(let own) = source, case .given(let shared) = secrets, !Set(own).isDisjoint(with: shared) {
            throw SettingsError(
                SecretSetting.sealing.variable,
                "a secret must not be one of JWT_SECRET, which other services may know; "
                    + "'openssl rand -hex 32' generates another.")
        }
        guard case .given = secrets, case .postgres = database, try source.missingFile() != nil else { return source }
        return nil
    }

    private func checkListeners() throws {
        if rateLimits == .off, !Loopback.contains(host) {
            throw SettingsError(
                "RATE_LIMITS", "'off' is for tests and benchmarks: HOST must be loopback, not '\(host)'.")
        }
        if port == adminPort, port != 0 {
            throw SettingsError("ADMIN_PORT", "\(adminPort) is also the public PORT; choose another.")
        }
    }

    private static func refuseLater(_ environment: Environment) throws {
        try environment.refuse("REDIS_URL", "Redis is not supported in this release; unset it.")
        try environment.refuse("TRUSTED_PROXIES", "trusted proxies are not supported in this release; unset it.")
        try environment.refuse("SENTRY_DSN", "Sentry is not supported in this release; unset it.")
        for name in ["TLS_CERT", "TLS_KEY"] {
            try environment.refuse(name, "TLS is not supported in this release; use a reverse proxy and unset it.")
        }
    }
}
