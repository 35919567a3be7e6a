import Foundation
import Testing

/// The documents name what exists: targets of the Makefile, scripts, links, and one version.
@Suite struct DocumentTests {
    private static let documents = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"]

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

    /// The requirements of docs/security.md are shown by tests that exist.
    @Test func namesTestsThatExist() throws {
        let suites = try Self.suites()
        let named = try Self.text("docs/security.md").matches(of: /`(?<suite>\w+Tests)\.(?<test>\w+)`/)
        #expect(named.count > 80)
        let missing = named.filter { suites["\($0.output.suite)"]?.contains("\($0.output.test)") != true }
        #expect(missing.map { "\($0.output.0)" } == [])
    }

    /// The names of the tests, by those of their suites.
    private static func suites() throws -> [String: Set<String>] {
        var suites: [String: Set<String>] = [:]
        for file in try Project.handwritten() where file.path.hasPrefix("Tests/") {
            var suite = ""
            for line in file.lines {
                if line.contains("@Suite"), let match = line.firstMatch(of: /struct (?<name>\w+)/) {
                    suite = "\(match.output.name)"
                } else if line.contains("func "), let match = line.firstMatch(of: /func (?<name>\w+)\(/) {
                    suites[suite, default: []].insert("\(match.output.name)")
                }
            }
        }
        return suites
    }

    @Test func linksOfTheDocsLeadToFilesThatExist() throws {
        for match in try Self.text("docs/security.md").matches(of: /\]\((?<path>[^):#]+)\)/) {
            #expect(Self.exists("docs/\(match.output.path)"), "\(match.output.path)")
        }
    }

    @Test func hasOneVersion() throws {
        let source = try Self.text("Sources/SpecValues/Version.swift")
        let version = try #require(source.firstMatch(of: /static let current = "(?<version>\d+\.\d+\.\d+)"/))
        let newest = try #require(try Self.text("CHANGELOG.md").firstMatch(of: /(?m)^## (?<version>[\d.]+)/))
        #expect(newest.output.version == version.output.version)
    }
}
