import Foundation
import TestSupport
import Testing

/// Tests of `/ready`; `FullDiskTests` and `OutageTests` have those of a database that cannot be written.
@Suite(.timeLimit(.minutes(10))) struct ReadinessTests {
    @Test func isNotReadyWithoutTheFolderOfTheFiles() async throws {
        try await TestServer.run(on: [.sqlite]) { server in
            #expect(try await server.send(Request("GET", "/ready")).status == 200)
            #expect(server.folder.files(below: "media") == [])
            try FileManager.default.removeItem(atPath: server.folder.path + "/media")
            let reply = try await server.send(Request("GET", "/ready"))
            #expect(reply.status == 503)
            #expect(reply.json["detail"] == "The file storage cannot be written.")
            #expect(try await server.send(Request("GET", "/health")).status == 200)
        }
    }
}
