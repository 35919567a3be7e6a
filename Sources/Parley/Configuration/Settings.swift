package import Logging
package import SpecOutbound

/// What the server is to do, read from the environment and checked as a whole before anything starts.
package struct Settings: Sendable {
    package enum LogFormat: String, Sendable, CaseIterable {
        case text, json
    }

    package enum RateLimits: String, Sendable, CaseIterable {
        case on, off
    }

    /// The public listener.
    package var host: String
    package var port: Int
    /// The internal listener, always on loopback.
    package var adminPort: Int
    /// Whether somebody asked for that port: then it must be free.
    package var isAdminPortAsked: Bool
    package var database: DatabaseAddress
    /// Where media are kept.
    package var mediaFolder: String
    /// The origins whose pages may ask.
    package var origins: Set<String>
    /// Where mails become files, when there is no relay.
    package var outboxFolder: String
    /// Who takes mails.
    package var smtp: SMTPRelay?
    package var secrets: SecretSource
    package var logLevel: Logger.Level
    package var logFormat: LogFormat
    package var rateLimits: RateLimits

    /// - Parameter isTerminal: whether a person reads the log.
    /// - Throws: ``SettingsError``.
    package init(_ environment: Environment, isTerminal: Bool) throws {
        try Settings.refuseLater(environment)
        host = try environment.text("HOST") ?? "127.0.0.1"
        port = try environment.port("PORT", default: 8_080)
        adminPort = try environment.port("ADMIN_PORT", default: 8_081)
        isAdminPortAsked = try environment.text("ADMIN_PORT") != nil
        database = try DatabaseAddress(environment.text("DATABASE_URL") ?? "sqlite:var/parley.db")
        mediaFolder = try MediaURL.folder(environment.text("MEDIA_URL") ?? "file:var/media")
        origins = try OriginList.read(environment.text("CORS_ORIGINS"))
        outboxFolder = "var/outbox"
        smtp = try environment.text("SMTP_URL").map(SMTPURL.relay)
        secrets = try SecretSource(environment.text("JWT_SECRET"))
        logLevel = try environment.choice("LOG_LEVEL", default: Logger.Level.info)
        logFormat = try environment.choice("LOG_FORMAT", default: isTerminal ? LogFormat.text : .json)
        rateLimits = try environment.choice("RATE_LIMITS", default: RateLimits.on)
        try checkListeners()
    }

    private func checkListeners() throws {
        if rateLimits == .off, !Loopback.contains(host) {
            throw SettingsError(
                "RATE_LIMITS", "'off' is for tests and benchmarks: HOST must be loopback, not '\(host)'.")
        }
        if port == adminPort, port != 0 {
            throw SettingsError("ADMIN_PORT", "\(adminPort) is the public PORT too; choose another.")
        }
    }

    private static func refuseLater(_ environment: Environment) throws {
        try environment.refuse("REDIS_URL", "this release runs on one node, without Redis; unset it.")
        try environment.refuse("TRUSTED_PROXIES", "this release believes no proxy; unset it.")
        try environment.refuse("SENTRY_DSN", "this release reports to nobody; unset it.")
        for name in ["TLS_CERT", "TLS_KEY"] {
            try environment.refuse(name, "this release serves no TLS; put a proxy before it and unset it.")
        }
    }
}
