import Foundation

/// A handwritten Swift file, or a sample text in its place.
struct SourceFile: Sendable {
    /// The path below the root: `Sources/SpecCore/JSON/Reader.swift`.
    let path: String
    let lines: [String]

    init(path: String, text: String) {
        self.path = path
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    /// The module's name: the folder under `Sources`.
    var module: String { String(path.split(separator: "/")[1]) }

    /// The modules that the file imports, with their lines.
    var imports: [(name: String, line: Int)] {
        lines.enumerated().compactMap { index, line in
            // The cheap test first: in debug builds a regex over every line is slow.
            guard line.contains("import "), let match = line.prefixMatch(of: Self.importLine) else { return nil }
            return (String(match.output.name), index + 1)
        }
    }

    private static var importLine: Regex<(Substring, name: Substring)> {
        /\s*(?:@\w+(?:\([^)]*\))?\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+(?:(?:struct|class|enum|protocol|typealias|func|let|var|actor)\s+)?(?<name>\w+)/
    }
}

/// The project's files, located relative to this file.
enum Project {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Every Swift file under `Sources`, sorted by path.
    static func sources() throws -> [SourceFile] {
        try files(in: "Sources")
    }

    /// All Swift files that people write: sources, plugins and tests, without what the compiler's cases expect.
    static func handwritten() throws -> [SourceFile] {
        try ["Sources", "Plugins", "Tests"].flatMap(files).filter { !$0.path.contains("/expected/") }
    }

    /// Every Swift file of the tests, without benchmarks, cases and the tests of these rules.
    static func tests() throws -> [SourceFile] {
        let others = ["Tests/Bench/", "Tests/Fixtures/", "Tests/TidyTests/", "Tests/SpecCompilerTests/Cases/"]
        return try files(in: "Tests").filter { file in !others.contains(where: file.path.hasPrefix) }
    }

    private static func files(in name: String) throws -> [SourceFile] {
        let folder = root.appending(path: name).resolvingSymlinksInPath()
        return try FileManager.default.subpathsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".swift") && !$0.contains(".build") }
            .sorted()
            .map { SourceFile(path: "\(name)/\($0)", text: try text(of: folder.appending(path: $0))) }
    }

    static func manifest() throws -> String {
        try text(of: root.appending(path: "Package.swift"))
    }

    private static func text(of file: URL) throws -> String {
        try String(contentsOf: file, encoding: .utf8)
    }
}
