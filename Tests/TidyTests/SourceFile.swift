import Foundation

/// A handwritten Swift file, or text that stands for one.
struct SourceFile: Sendable {
    /// The path below the root: `Sources/SpecCore/JSON/Reader.swift`.
    let path: String
    let lines: [String]

    init(path: String, text: String) {
        self.path = path
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    /// The folder under `Sources`.
    var module: String { String(path.split(separator: "/")[1]) }

    /// The modules that the file imports, with their lines.
    var imports: [(name: String, line: Int)] {
        lines.enumerated().compactMap { index, line in
            // The cheap question first: a debug build's regex is slow over every line of the house.
            guard line.contains("import "), let match = line.prefixMatch(of: Self.importLine) else { return nil }
            return (String(match.output.name), index + 1)
        }
    }

    private static var importLine: Regex<(Substring, name: Substring)> {
        /\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+(?:(?:struct|class|enum|protocol|typealias|func|let|var|actor)\s+)?(?<name>\w+)/
    }
}

/// The project's files, found from this file's own place.
enum Project {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Every Swift file under `Sources`, sorted by path.
    static func sources() throws -> [SourceFile] {
        let folder = root.appending(path: "Sources").resolvingSymlinksInPath()
        return try FileManager.default.subpathsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".swift") }
            .sorted()
            .map { SourceFile(path: "Sources/\($0)", text: try text(of: folder.appending(path: $0))) }
    }

    static func manifest() throws -> String {
        try text(of: root.appending(path: "Package.swift"))
    }

    private static func text(of file: URL) throws -> String {
        try String(contentsOf: file, encoding: .utf8)
    }
}
