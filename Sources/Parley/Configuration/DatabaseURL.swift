/// Reads `DATABASE_URL`.
enum DatabaseURL {
    /// The path of the database file, relative to the working directory or absolute.
    static func path(_ url: String) throws -> String {
        if url.hasPrefix("postgres:") || url.hasPrefix("postgresql:") {
            throw SettingsError("DATABASE_URL", "this release keeps its rows in SQLite only; use sqlite:<file>.")
        }
        guard url.hasPrefix("sqlite:") else {
            throw SettingsError("DATABASE_URL", "expected sqlite:<file>, such as sqlite:var/parley.db.")
        }
        let path = FilePathText.path(url.dropFirst("sqlite:".count))
        guard !path.isEmpty, !path.hasPrefix(":"), !path.hasSuffix("/"), !path.contains("?") else {
            throw SettingsError("DATABASE_URL", "expected the name of a file behind sqlite:, but '\(url)' came.")
        }
        return path
    }
}

/// Reads `MEDIA_URL`.
enum MediaURL {
    /// The folder of the media.
    static func folder(_ url: String) throws -> String {
        if url.hasPrefix("s3:") {
            throw SettingsError("MEDIA_URL", "this release keeps media in a folder only; use file:<folder>.")
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
