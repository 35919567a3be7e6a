import Foundation
import NIOCore
import SpecCore
import SpecServer
import TestSupport
import Testing

/// The lines of the access log.
@Suite(.timeLimit(.minutes(10))) struct AccessLogTests {
    private static func lines(
        _ style: LogStyle, bounds: HTTPBounds = HTTPBounds(), of bytes: [String]
    ) async throws -> [String] {
        let folder = try TemporaryFolder()
        let path = folder.path + "/log"
        _ = FileManager.default.createFile(atPath: path, contents: nil)
        let file = try #require(FileHandle(forWritingAtPath: path))
        let output = LogOutput(file: file.fileDescriptor)
        try await EchoServer.run(bounds: bounds, accessLog: AccessLog(output, style: style)) { port in
            for request in bytes { _ = try await RawConnection.exchange(port: port, sending: Array(request.utf8)) }
        }
        output.flush()
        return try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
    }

    private static func request(_ line: String) -> String {
        "\(line) HTTP/1.1\r\nHost: a\r\nX-Request-Id: r1\r\nConnection: close\r\n\r\n"
    }

    @Test func namesTheRouteOfAnOperation() async throws {
        let line = try await Self.lines(.json, of: [Self.request("GET /later?token=secret")]).first
        let json = try #require(line.flatMap { JSONValue.parse(Array($0.utf8)) })
        #expect(json["method"] == "GET")
        #expect(json["route"] == "/later")
        #expect(json["status"] == 200)
        #expect(json["requestId"] == "r1")
        for name in ["path", "address", "complete"] { #expect(!json.has(name)) }
        #expect(line?.contains("secret") == false)
    }

    @Test(arguments: [
        ("GET /nowhere?token=secret", "GET", "/nowhere", 404), ("FOO /later", "FOO", "/later", 405),
        ("OPTIONS *", "OPTIONS", "*", 204), ("PROPFIND /a", "PROPFIND", "/a", 404),
        ("HEAD /nowhere", "HEAD", "/nowhere", 404),
        ("GET /" + String(repeating: "x", count: 300), "GET", "/" + String(repeating: "x", count: 255) + "…", 404),
    ])
    func namesPathAndAddressOfARequestWithoutOperation(
        line: String, method: String, path: String, status: Int
    ) async throws {
        let written = try await Self.lines(.json, of: [Self.request(line)]).first
        let json = try #require(written.flatMap { JSONValue.parse(Array($0.utf8)) })
        #expect(json["method"].string == method)
        #expect(json["route"] == "-")
        #expect(json["path"].string == path)
        #expect(json["address"] == "127.0.0.1")
        #expect(json["status"] == .integer(Int64(status)))
        #expect(written?.contains("secret") == false)
    }

    @Test func namesWhatItCouldParseOfARejectedHead() async throws {
        let twoHosts = "GET /a?b HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"
        let lines = try await Self.lines(.json, of: [twoHosts, "POST /a HTTP/9.9\r\n\r\n", "\u{16}\u{3}\r\n\r\n"])
        let found = lines.compactMap { JSONValue.parse(Array($0.utf8)) }.map {
            [$0["method"].string, $0["path"].string, $0["address"].string]
        }
        #expect(found == [["GET", "/a", "127.0.0.1"], ["POST", "/a", "127.0.0.1"], ["-", "", "127.0.0.1"]])
    }

    @Test func writesTextForPeople() async throws {
        let lines = try await Self.lines(.text, of: [Self.request("GET /later"), Self.request("GET /nowhere")])
        let later = /\S+Z info GET \/later 200 [0-9.]+ ms 5 bytes requestId=r1/
        let nowhere = /\S+Z info GET - path=\/nowhere address=127\.0\.0\.1 404 [0-9.]+ ms [0-9]+ bytes requestId=r1/
        #expect(lines.count == 2)
        #expect(lines.first?.wholeMatch(of: later) != nil)
        #expect(lines.last?.wholeMatch(of: nowhere) != nil)
    }

    @Test func saysThatAResponseWasCut() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path + "/log"
        _ = FileManager.default.createFile(atPath: path, contents: nil)
        let file = try #require(FileHandle(forWritingAtPath: path))
        let output = LogOutput(file: file.fileDescriptor)
        let recorder = DeliveryRecorder()
        var bounds = HTTPBounds()
        bounds.stalledWriteSeconds = 1
        try await EchoServer.run(
            bounds: bounds, accessLog: AccessLog(output, style: .json), policies: [recorder]
        ) { port in
            _ = try await RawConnection.stall(port: port, sending: Array(Self.request("GET /long").utf8)) {
                output.flush()
                let early = try String(contentsOfFile: path, encoding: .utf8)
                #expect(early == "", "nothing is logged before its end")
                _ = await recorder.wait(for: 1)
            }
        }
        output.flush()
        let line = try String(contentsOfFile: path, encoding: .utf8)
        let json = try #require(JSONValue.parse(Array(line.utf8)))
        #expect(json["complete"] == false)
        #expect(json["bytes"] == recorder.deliveries.first.map { .integer(Int64($0.bodyBytes)) })
        guard case .number(let milliseconds) = json["durationMs"] else {
            Issue.record("no duration: \(line)")
            return
        }
        #expect(milliseconds >= 1_000)
    }
}
