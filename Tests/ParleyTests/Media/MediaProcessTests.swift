import Foundation
import SpecCore
import TestSupport
import Testing

/// Tests of the memory that uploads cost the server process.
@Suite(.serialized, .timeLimit(.minutes(10))) struct MediaProcessTests {
    private static let start = ["PORT": "0", "ADMIN_PORT": "0", "LOG_FORMAT": "json", "RATE_LIMITS": "off"]
    private static let fileBytes = 25 * 1_024 * 1_024
    private static let memoryMax = 100 * 1_024 * 1_024

    @Test(.disabled(if: TestPace.isWatched, "a sanitizer keeps several bytes for each that the process uses"))
    func keepsMemoryFlatUnderTenUploadsAtOnce() async throws {
        let folder = try TemporaryFolder()
        let server = try ServerProcess(in: folder, environment: Self.start)
        let port = try #require(await server.port)
        let (token, _) = try await Load.users(port)
        let form = Form().with("file", [UInt8](repeating: 0x5A, count: Self.fileBytes))
        let request = form.request("POST", "/media", token: token)
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<10 { group.addTask { try await Client.send(request, port: port).status } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(statuses == Array(repeating: 201, count: 10))
        let peak = try #require(server.peakMemory)
        #expect(peak <= Self.memoryMax, "\(peak / 1_048_576) MiB")
        #expect(folder.files(below: "var/media/drafts") == [])
        server.send(SIGTERM)
        #expect(await server.end().end.exitCode == 0)
    }
}

extension ServerProcess {
    /// The port on which the process listens, as logged.
    var port: Int? {
        get async {
            await line { line in
                guard let address = JSONValue.parse(Array(line.utf8))?["address"].string else { return nil }
                return address.split(separator: ":").last.flatMap { Int($0) }
            }
        }
    }

    /// The peak memory of the process in bytes.
    var peakMemory: Int? {
        guard let status = try? String(contentsOfFile: "/proc/\(processID)/status", encoding: .utf8),
            let line = status.split(separator: "\n").first(where: { $0.hasPrefix("VmHWM:") }),
            let kilobytes = line.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first.flatMap({
                Int($0)
            })
        else { return nil }
        return kilobytes * 1_024
    }
}
