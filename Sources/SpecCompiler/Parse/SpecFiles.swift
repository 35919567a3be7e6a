/// The files of a spec, handed in by whoever read them; the compiler itself touches no files.
package struct SpecFiles: Sendable {
    /// The names under which the root document is found, in this order.
    package static let rootNames = ["openapi.yaml", "openapi.yml", "openapi.json"]

    /// The spec's folder as diagnostics print it, such as `spec`; empty for the working directory.
    package let folder: String
    /// The files by their path inside the folder, such as `paths/messages.yaml`.
    package let files: [String: SourceFile]

    /// Each file's `path` begins with the folder; it is known by the rest of it.
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

    /// The files below a folder of the spec with one of these endings, in the order of their paths.
    package func files(under folder: String, endings: [String]) -> [(path: String, file: SourceFile)] {
        files.filter { path, _ in
            path.hasPrefix(folder + "/") && endings.contains { path.hasSuffix("." + $0) }
        }
        .sorted { $0.key < $1.key }
        .map { (path: $0.key, file: $0.value) }
    }
}

/// Works on paths as text.
package enum PathName {
    /// Without `.`, empty parts and, where possible, `..`: `./paths/../a.yaml` is `a.yaml`.
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

    /// The folder a path stands in, empty for none.
    package static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    }
}
