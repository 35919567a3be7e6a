package import SpecStorage

/// The database that `DATABASE_URL` names.
package enum DatabaseAddress: Sendable {
    /// The file of the embedded database, relative to the working directory or absolute.
    case sqlite(path: String)
    case postgres(PostgresAddress)

    /// - Throws: ``SettingsError``.
    init(_ url: String) throws {
        if url.hasPrefix("postgres:") || url.hasPrefix("postgresql:") {
            self = .postgres(try Self.postgres(url))
        } else if url.hasPrefix("sqlite:") {
            self = .sqlite(path: try Self.path(url))
        } else {
            throw SettingsError(
                "DATABASE_URL",
                "expected sqlite:<file>, such as sqlite:var/parley.db, or postgres://user@host/database.")
        }
    }

    /// The address without secrets, for logs and messages.
    package var description: String {
        switch self {
        case .sqlite(let path): path
        case .postgres(let address): address.description
        }
    }

    private static func postgres(_ url: String) throws -> PostgresAddress {
        do {
            return try PostgresAddress(url)
        } catch {
            throw SettingsError("DATABASE_URL", "\(error)")
        }
    }

    private static func path(_ url: String) throws -> String {
        let path = FilePathText.path(url.dropFirst("sqlite:".count))
        guard !path.isEmpty, !path.hasPrefix(":"), !path.hasSuffix("/"), !path.contains("?") else {
            throw SettingsError("DATABASE_URL", "expected a file name after sqlite:, such as sqlite:var/parley.db.")
        }
        return path
    }
}

/// Reads `MEDIA_URL`.
enum MediaURL {
    /// The folder of the media.
    static func folder(_ url: String) throws -> String {
        if url.hasPrefix("s3:") {
            throw SettingsError("MEDIA_URL", "S3 is not supported in this release; use file:<folder>.")
        }
        let path = FilePathText.path(url.dropFirst("file:".count))
        guard url.hasPrefix("file:"), !path.isEmpty else {
            throw SettingsError("MEDIA_URL", "expected file:<folder>, such as file:var/media.")
        }
        return path
    }
}

/// The path part of `file:` and `sqlite:` URLs.
enum FilePathText {
    /// `///var/x` and `/var/x` are absolute, `var/x` is relative (RFC 8089 allows an empty authority).
    static func path(_ text: Substring) -> String {
        String(text.hasPrefix("///") ? text.dropFirst(2) : text)
    }
}
