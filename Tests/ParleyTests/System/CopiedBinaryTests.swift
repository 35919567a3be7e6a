import Foundation
import SpecCore
import TestSupport
import Testing

/// The server as a copied executable, outside of the folder that it was built in.
@Suite(.serialized, .timeLimit(.minutes(5))) struct CopiedBinaryTests {
    private static let environment = ["PORT": "0", "ADMIN_PORT": "0", "LOG_FORMAT": "json", "RATE_LIMITS": "off"]

    /// Runs the copy, and returns `/docs` and the warnings in its log.
    private static func docs(_ copy: URL, in folder: TemporaryFolder) async throws -> (page: String, warnings: [String])
    {
        let server = try ServerProcess(of: copy, in: folder, environment: environment)
        let port = try #require(await ProcessTests.port(of: server))
        let page = try await Client.send(Request("GET", "/docs"), port: port)
        #expect(page.status == 200)
        server.send(SIGTERM)
        let (end, log) = await server.end()
        #expect(end.exitCode == 0)
        let lines = log.split(separator: "\n").compactMap { JSONValue.parse(Array($0.utf8)) }
        let warnings = lines.filter { $0["level"] == "warning" }.compactMap { $0["message"].string }
        return (String(decoding: page.body, as: UTF8.self), warnings)
    }

    @Test func findsItsDocsBesideItselfOrAboveAndSaysSoUntilThen() async throws {
        let folder = try TemporaryFolder()
        let programs = URL(fileURLWithPath: folder.path).resolvingSymlinksInPath().appending(path: "bin")
        try FileManager.default.createDirectory(at: programs, withIntermediateDirectories: true)
        let copy = programs.appending(path: "parley")
        try FileManager.default.copyItem(at: ServerProcess.executable, to: copy)
        let advice = """
            scripts/setup fetches them for a build; beside a copied executable belongs a copy of the folder \
            .build/share. Then start the server again.
            """
        let without = try await Self.docs(copy, in: folder)
        #expect(without.page.contains("<p>Swagger UI's files are missing: \(advice)</p>"))
        #expect(!without.page.contains(folder.path))
        let absent = "there is no folder '\(programs.path)/share/swagger-ui', and none above it"
        #expect(without.warnings == ["/docs has no Swagger UI: \(absent); \(advice)"])
        let built = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../../../.build/share")
        for place in [programs.appending(path: "share"), programs.appending(path: "../share").standardized] {
            try FileManager.default.copyItem(at: built.standardized, to: place)
            let with = try await Self.docs(copy, in: folder)
            #expect(with.page.contains("/docs/swagger-ui-bundle.js"))
            #expect(with.warnings == [])
            try FileManager.default.removeItem(at: place)
        }
    }
}
