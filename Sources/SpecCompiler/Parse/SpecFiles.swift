/// The files of a spec, read by the caller; the compiler itself does not access the file system.
package struct SpecFiles: Sendable {
    /// The record of the schema that the migrations produce.
    package static let recordedPath = "migrations/recorded.yaml"

    /// The possible names of the root document, in order of preference.
    package static let rootNames = ["openapi.yaml", "openapi.yml", "openapi.json"]

    /// The spec's folder as diagnostics print it, such as `spec`; empty for the working directory.
    package let folder: String
    /// The files by their path inside the folder, such as `paths/messages.yaml`.
    package let files: [String: SourceFile]

    /// Creates the set of files; each `path` begins with the folder, and the rest of it becomes the key.
    package init(folder: String, files: [SourceFile]) {
        let folder = PathName.normalise(folder)
        self.folder = folder
        let prefix = folder.isEmpty ? "" : folder + "/"
        self.files = Dictionary(
            files.map { file in
                let path = PathName.normalise(file.path)
                return (path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path, file)
            }, uniquingKeysWith: { first, _ in first })
    }

    /// The path of the root document inside the folder.
    package var rootPath: String? {
        Self.rootNames.first { files[$0] != nil }
    }

    /// True for names that are not part of a spec: hidden files, editors' backups and notes in Markdown.
    package static func ignores(_ name: String) -> Bool {
        name.hasPrefix(".") || name.hasSuffix("~") || name.hasPrefix("#") || name.hasSuffix(".md")
    }

    /// True for the statements and migrations of a spec with tables.
    func isStorage(_ path: String) -> Bool {
        guard files["schema.yaml"] != nil else { return false }
        return path.hasPrefix("queries/") && path.hasSuffix(".sql")
            || path.hasPrefix("migrations/") && (path.hasSuffix(".sql") || path == Self.recordedPath)
    }

    /// The files below a folder of the spec with one of these extensions, in the order of their paths.
    package func files(under folder: String, endings: [String]) -> [(path: String, file: SourceFile)] {
        files.filter { path, _ in
            path.hasPrefix(folder + "/") && endings.contains { path.hasSuffix("." + $0) }
        }
        .sorted { $0.key < $1.key }
        .map { (path: $0.key, file: $0.value) }
    }
}

/// Path operations on text.
package enum PathName {
    /// The path without `.`, empty parts and, where possible, `..`: `./paths/../a.yaml` becomes `a.yaml`.
    package static func normalise(_ path: String) -> String {
        var parts: [Substring] = []
        for part in path.utf8.split(separator: UInt8(ascii: "/")).map(Substring.init) where part != "." {
            if part == "..", let last = parts.last, last != ".." {
                parts.removeLast()
            } else {
                parts.append(part)
            }
        }
        return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
    }

    /// The folder of a path, or an empty text if there is none.
    package static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    }
}
