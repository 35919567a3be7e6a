import Foundation
import Testing

/// The documents name what exists: targets of the Makefile, scripts, links, and one version.
@Suite struct DocumentTests {
    private static let documents = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"]

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: Project.root.appending(path: path), encoding: .utf8)
    }

    private static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: Project.root.appending(path: path).path)
    }

    @Test(arguments: documents) func namesTargetsOfTheMakefile(document: String) throws {
        let makefile = try Self.text("Makefile")
        for match in try Self.text(document).matches(of: /(?:`|    )make (?<target>[a-z-]+)/) {
            #expect(makefile.contains("\n\(match.output.target): "), "make \(match.output.target)")
        }
    }

    @Test(arguments: documents) func namesScriptsThatExist(document: String) throws {
        for match in try Self.text(document).matches(of: /(?:`| )(?<script>scripts\/[a-z.-]+)/) {
            #expect(Self.exists(String(match.output.script)), "\(match.output.script)")
        }
    }

    @Test(arguments: documents) func linksToFilesThatExist(document: String) throws {
        for match in try Self.text(document).matches(of: /\]\((?<path>[^):#]+)\)/) {
            #expect(Self.exists(String(match.output.path)), "\(match.output.path)")
        }
    }

    @Test func hasOneVersion() throws {
        let source = try Self.text("Sources/SpecValues/Version.swift")
        let version = try #require(source.firstMatch(of: /static let current = "(?<version>\d+\.\d+\.\d+)"/))
        let newest = try #require(try Self.text("CHANGELOG.md").firstMatch(of: /(?m)^## (?<version>[\d.]+)/))
        #expect(newest.output.version == version.output.version)
    }
}
